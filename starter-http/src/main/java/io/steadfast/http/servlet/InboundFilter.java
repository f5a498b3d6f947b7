package io.steadfast.http.servlet;

import java.io.IOException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.inbound.Arrival;
import io.steadfast.http.inbound.Draining;
import io.steadfast.http.inbound.InboundReader;
import io.steadfast.http.inbound.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives the thread that serves a request the deadline that came with it, and takes it away afterwards. It holds again when an
 * asynchronous answer is dispatched, and on the thread that Spring MVC runs a {@code Callable} on; it began when the request came.
 * Answers of an application that is on its way out say so.
 *
 * <p>Runs right after what observes requests, so that refused ones are seen, and before security: expired work should cost nothing.
 * Thread-safe.
 */
public final class InboundFilter extends OncePerRequestFilter implements Ordered {

    /** Its place among the filters. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    private final InboundReader reader;

    private final boolean problemDetails;

    private final @Nullable Draining draining;

    /**
     * A filter.
     *
     * @param reader reads the headers
     * @param problemDetails whether refusals have a body
     * @param draining whether the application is on its way out; {@code null} if answers are not to say so
     */
    public InboundFilter(InboundReader reader, boolean problemDetails, @Nullable Draining draining) {
        this.reader = reader;
        this.problemDetails = problemDetails;
        this.draining = draining;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (draining != null && draining.isUnderWay()) {
            response.setHeader(ResilienceHeaders.INSTANCE, ResilienceHeaders.DRAINING);
        }
        Arrival arrival = arrival(request);
        if (arrival.refused()) {
            ServletAnswer.write(Refusal.EXPIRED, problemDetails, response);
            return;
        }
        ThreadState before = ThreadState.enter(arrival);
        try {
            chain.doFilter(request, response);
        } finally {
            before.restore();
            if (!isAsyncStarted(request)) {
                reader.served(arrival);
            }
        }
    }

    private Arrival arrival(HttpServletRequest request) {
        if (request.getAttribute(Arrival.ATTRIBUTE) instanceof Arrival known) {
            return known;
        }
        Arrival arrival = reader.read(request::getHeader);
        request.setAttribute(Arrival.ATTRIBUTE, arrival);
        WebAsyncUtils.getAsyncManager(request)
                .registerCallableInterceptor(Arrival.ATTRIBUTE, new ArrivalOnOtherThread(arrival));
        return arrival;
    }
}
