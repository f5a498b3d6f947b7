package io.steadfast.http.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            write(body, response);
        }
    }

    /** A handler may have asked for the writer before it failed; then there is no stream to be had. */
    private static void write(byte[] body, HttpServletResponse response) throws IOException {
        try {
            response.getOutputStream().write(body);
        } catch (IllegalStateException writing) {
            response.getWriter().write(new String(body, StandardCharsets.UTF_8));
        }
    }
}
