package io.steadfast.dashboard.servlet;

import java.io.IOException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.dashboard.WriteRules;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells Spring Security that a change by the page needs no token, if it meets {@link WriteRules} instead. */
public final class OwnCsrfFilter extends OncePerRequestFilter {

    /** A new filter. */
    public OwnCsrfFilter() {}

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("POST")
                && WriteRules.refusal(request::getHeader, DashboardController.host(request))
                        .isEmpty()) {
            CsrfFilter.skipRequest(request);
        }
        chain.doFilter(request, response);
    }
}
