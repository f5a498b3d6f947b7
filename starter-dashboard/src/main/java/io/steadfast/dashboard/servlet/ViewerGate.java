package io.steadfast.dashboard.servlet;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Decides who may see the dashboard, and who may change anything. */
@FunctionalInterface
public interface ViewerGate {

    /**
     * Looks at a request.
     *
     * @param request the request, after the application's security filters
     * @param response to be written if the request is refused
     * @return whether it may go on
     * @throws IOException if the refusal cannot be written
     */
    boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
