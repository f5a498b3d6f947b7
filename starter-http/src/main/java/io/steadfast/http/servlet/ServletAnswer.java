package io.steadfast.http.servlet;

import java.io.IOException;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.inbound.Refusal;

/** Writes a refusal to a servlet response. */
final class ServletAnswer {

    private ServletAnswer() {}

    static void write(Refusal refusal, boolean withBody, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setStatus(refusal.status());
        refusal.retryAfterSeconds()
                .ifPresent(seconds -> response.setHeader(ResilienceHeaders.RETRY_AFTER, Long.toString(seconds)));
        if (withBody) {
            byte[] body = refusal.body();
            response.setContentType(Refusal.MEDIA_TYPE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
