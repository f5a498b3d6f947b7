package io.steadfast.samples.storefront;

import io.steadfast.core.CallRejectedException;
import io.steadfast.core.RateLimitedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells visitors when to come back if a call was refused and no fallback answered. */
@RestControllerAdvice
class RefusedCalls {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMany(RateLimitedException refusal) {
        return answer(HttpStatus.TOO_MANY_REQUESTS, refusal);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(CallRejectedException refusal) {
        return answer(HttpStatus.SERVICE_UNAVAILABLE, refusal);
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, CallRejectedException refusal) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        refusal.retryAfter().ifPresent(wait -> answer.header("Retry-After", String.valueOf(wait.toSeconds() + 1)));
        return answer.body(ProblemDetail.forStatus(status));
    }
}
