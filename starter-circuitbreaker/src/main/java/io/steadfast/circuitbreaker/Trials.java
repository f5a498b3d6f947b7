package io.steadfast.circuitbreaker;

import java.time.Duration;
import java.util.Objects;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.SettingsCheck;

/**
 * How a half-open breaker finds out whether its target is back.
 *
 * @param permitted how many calls it lets through; default 5
 * @param maxWait how long it waits for the last of them to end before it gives them up; default 10 s
 * @param afterwards what it becomes then, {@code OPEN} (the default) or {@code CLOSED}
 */
public record Trials(int permitted, Duration maxWait, State afterwards) {

    /**
     * Refuses {@code null}.
     *
     * @param permitted how many calls pass
     * @param maxWait how long to wait for the last of them
     * @param afterwards what follows a wait in vain
     */
    public Trials {
        Objects.requireNonNull(maxWait, "maxWait");
        Objects.requireNonNull(afterwards, "afterwards");
    }

    void check(SettingsCheck check) {
        check.that(
                        permitted >= 1 && permitted <= 1_000_000,
                        "must be between 1 and 1000000, but is " + permitted,
                        "permitted-number-of-calls-in-half-open-state")
                .positive("max-wait-duration-in-half-open-state", maxWait)
                .that(
                        maxWait.compareTo(OpenTime.LONGEST) <= 0,
                        "must not be longer than 10 years, but is " + SettingsCheck.text(maxWait),
                        "max-wait-duration-in-half-open-state")
                .that(
                        afterwards == State.OPEN || afterwards == State.CLOSED,
                        "must be open or closed, but is " + StateNames.of(afterwards),
                        "transition-to-state-after-wait-duration");
    }
}
