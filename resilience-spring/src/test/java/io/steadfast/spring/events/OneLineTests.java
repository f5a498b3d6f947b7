package io.steadfast.spring.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import org.junit.jupiter.api.Test;

class OneLineTests {

    private static final PolicyId RETRY = new PolicyId("retry", "stock");

    @Test
    void whenATextHasControlCharacters_thenTheyBecomeBlanks() {
        assertThat(OneLine.of("a\r\nb\tc\u001b[31m\u2028d")).isEqualTo("a  b c [31m d");
    }

    @Test
    void whenATextIsTooLong_thenItIsCut() {
        assertThat(OneLine.of("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(OneLine.of("x".repeat(301))).hasSize(300).endsWith("x…");
    }

    @Test
    void whenAFailureHasNoMessage_thenItsClass() {
        assertThat(OneLine.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void whenAMessageCannotBeRead_thenItSaysSo() {
        RuntimeException broken = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new UnsupportedOperationException();
            }
        };

        assertThat(OneLine.of(broken))
                .endsWith(": its message cannot be read: java.lang.UnsupportedOperationException");
    }

    @Test
    void whenTheDetailTellsTheFailure_thenItIsNotToldTwice() {
        IllegalStateException failure = new IllegalStateException("boom");

        assertThat(OneLine.of(PolicyEvent.of(Kind.FALLBACK_USED, RETRY, "stock", failure.toString(), failure)))
                .isEqualTo("java.lang.IllegalStateException: boom");
        assertThat(OneLine.of(PolicyEvent.of(Kind.RETRYING, RETRY, "stock", "attempt 1 failed", failure)))
                .isEqualTo("attempt 1 failed (java.lang.IllegalStateException: boom)");
    }
}
