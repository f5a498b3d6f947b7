package io.steadfast.http.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.RateLimitedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTests {

    private final Refusals refusals = new Refusals(OutcomeReader.NONE);

    @ParameterizedTest
    @CsvSource({
        "RATE,429",
        "BULKHEAD,503",
        "CIRCUIT,503",
        "INSTANCE,503",
        "DEADLINE,504",
        "TIMEOUT,504",
        "WRAPPED,503",
    })
    void whenRefusalEscapes_thenItHasItsStatus(Trouble trouble, int status) {
        assertThat(refusals.of(trouble.failure(), false)).map(Refusal::status).contains(status);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "999,1", "1000,1", "1001,2", "0,0"})
    void whenRefusalKnowsWhenToComeBack_thenSecondsAreRoundedUp(long millis, long seconds) {
        Refusal refusal = refusals.of(new RateLimitedException("quotes", Duration.ofMillis(millis)), false)
                .orElseThrow();

        assertThat(refusal.retryAfterSeconds()).hasValue(seconds);
    }

    @Test
    void whenRefusalIsWritten_thenTheBodyNamesNoCall() {
        String body = new String(
                refusals.of(Trouble.CIRCUIT.failure(), false).orElseThrow().body(), StandardCharsets.UTF_8);

        assertThat(body).contains("\"status\":503").doesNotContain("quotes");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TRANSIENT", "THROTTLED"})
    void whenPassingFailureEscapesAndTheCallerRetries_thenItIsToldThatItMay(Kind kind) {
        Refusal refusal = reading(new Diagnosis(kind, Duration.ofSeconds(3), null))
                .of(new IOException("reset"), true)
                .orElseThrow();

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.retryAfterSeconds()).hasValue(3);
    }

    @Test
    void whenPassingFailureEscapesAndTheCallerDoesNotRetry_thenItIsLeftAlone() {
        assertThat(reading(Diagnosis.of(Kind.TRANSIENT)).of(new IOException("reset"), false))
                .isEqualTo(Optional.empty());
    }

    @Test
    void whenAnotherTryIsForbidden_thenNobodyIsInvitedToIt() {
        assertThat(reading(new Diagnosis(Kind.TRANSIENT, null, "the server forbids it"))
                        .of(new IOException("reset"), true))
                .isEqualTo(Optional.empty());
    }

    @Test
    void whenLastingFailureEscapes_thenItIsLeftAlone() {
        assertThat(reading(Diagnosis.of(Kind.FAILURE)).of(new IOException("reset"), true))
                .isEqualTo(Optional.empty());
    }

    private static Refusals reading(Diagnosis diagnosis) {
        return new Refusals(new OutcomeReader() {
            @Override
            public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
                return diagnosis;
            }
        });
    }
}
