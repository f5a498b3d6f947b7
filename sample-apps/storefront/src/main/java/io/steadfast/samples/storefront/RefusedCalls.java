package io.steadfast.samples.storefront;

import io.steadfast.core.CallRejectedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells visitors when to come back if a call was refused and no fallback answered. */
@RestControllerAdvice
class RefusedCalls {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(CallRejectedException refusal) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE);
        refusal.retryAfter().ifPresent(wait -> answer.header("Retry-After", String.valueOf(wait.toSeconds() + 1)));
        return answer.body(ProblemDetail.forStatus(HttpStatus.SERVICE_UNAVAILABLE));
    }
}
