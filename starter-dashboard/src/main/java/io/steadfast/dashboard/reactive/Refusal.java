package io.steadfast.dashboard.reactive;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.steadfast.dashboard.Answer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;

/** What somebody reads who is not admitted. Errors of the application would be shown without their reason. */
final class Refusal {

    private static final Method READ = Objects.requireNonNull(ReflectionUtils.findMethod(Refusal.class, "read"));

    private final ResponseStatusException why;

    private Refusal(ResponseStatusException why) {
        this.why = why;
    }

    static HandlerMethod of(ResponseStatusException why) {
        return new HandlerMethod(new Refusal(why), READ);
    }

    /** Called by the framework. */
    ResponseEntity<byte[]> read() {
        int status = why.getStatusCode().value();
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Refused" : known.getReasonPhrase();
        Answer answer = Answer.problem(status, title, String.valueOf(why.getReason()));
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(answer.type()))
                .body(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
