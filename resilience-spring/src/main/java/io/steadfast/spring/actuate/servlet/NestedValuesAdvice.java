package io.steadfast.spring.actuate.servlet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Type;

import io.steadfast.spring.actuate.NestedValues;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Lets requests to actuator endpoints have an object under {@code values}. Touches no other request of the application. */
@ControllerAdvice
public final class NestedValuesAdvice extends RequestBodyAdviceAdapter {

    /** Where Boot reads the bodies of all requests that write to endpoints; the class is not public. */
    private static final String READER =
            "org.springframework.boot.webmvc.actuate.endpoint.web.AbstractWebMvcEndpointHandlerMapping";

    /** Has no state. */
    public NestedValuesAdvice() {}

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return parameter.getDeclaringClass().getName().startsWith(READER);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        InputStream body = message.getBody();
        byte[] start = body.readNBytes(NestedValues.LONGEST);
        InputStream readable = start.length < NestedValues.LONGEST
                ? new ByteArrayInputStream(NestedValues.asText(start))
                : new SequenceInputStream(new ByteArrayInputStream(start), body);
        return new Message(message.getHeaders(), readable);
    }

    private record Message(HttpHeaders headers, InputStream body) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
