package io.steadfast.http.servlet;

import java.io.IOException;
import java.util.Optional;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.http.inbound.Arrival;
import io.steadfast.http.inbound.Refusal;
import io.steadfast.http.inbound.Refusals;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers refusals that escape a controller, as {@link Refusals} says. Asked last: {@code @ExceptionHandler} methods,
 * {@code @ResponseStatus} and resolvers of the application come first. Thread-safe.
 */
public final class RefusalResolver implements HandlerExceptionResolver, Ordered {

    private final Refusals refusals;

    /**
     * A resolver.
     *
     * @param refusals knows the status
     */
    public RefusalResolver(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        boolean retriedAbove =
                request.getAttribute(Arrival.ATTRIBUTE) instanceof Arrival arrival && arrival.retriedAbove();
        Optional<Refusal> refusal = response.isCommitted() ? Optional.empty() : refusals.of(failure, retriedAbove);
        if (refusal.isEmpty()) {
            return null;
        }
        try {
            ServletAnswer.write(refusal.get(), true, response);
            return new ModelAndView();
        } catch (IOException callerIsGone) {
            failure.addSuppressed(callerIsGone);
            return null;
        }
    }
}
