package io.steadfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.steadfast.core.CircuitOpenException;
import org.junit.jupiter.api.Test;

/** Each side does what its rows say it does: otherwise the table would compare nothing with something. */
class SidesTests {

    private static final int ATTEMPTS = 3;

    @Test
    void whenRemoteIsDown_thenEverySideAsksThreeTimes() {
        Steadfast ours = started(new Steadfast());
        Resilience4j theirs = started(new Resilience4j());
        Framework spring = new Framework();
        spring.start();
        try {
            assertThat(failuresOf(ours.remote(), ours.stock::retry)).isEqualTo(ATTEMPTS);
            assertThat(failuresOf(theirs.remote(), theirs.stock::retry)).isEqualTo(ATTEMPTS);
            assertThat(failuresOf(spring.remote(), spring.stock::retry)).isEqualTo(ATTEMPTS);
        } finally {
            ours.stop();
            theirs.stop();
            spring.stop();
        }
    }

    @Test
    void whenBreakerIsOpen_thenOursRefusesOrFallsBackWithoutAsking() {
        OpenSteadfast ours = new OpenSteadfast();
        ours.start();
        try {
            int before = ours.remote().failures();
            ours.remote().goDown();

            assertThat(ours.refused()).isInstanceOf(CircuitOpenException.class);
            assertThat(ours.refusedWithFallback()).isEqualTo(Remote.UNKNOWN);
            assertThat(ours.refusedWithFallbackUnderFrames()).isEqualTo(Remote.UNKNOWN);
            assertThat(ours.remote().failures()).isEqualTo(before);
        } finally {
            ours.stop();
        }
    }

    @Test
    void whenBreakerIsOpen_thenTheirsRefusesOrFallsBackWithoutAsking() {
        OpenResilience4j theirs = new OpenResilience4j();
        theirs.start();
        try {
            int before = theirs.remote().failures();
            theirs.remote().goDown();

            assertThat(theirs.refused()).isInstanceOf(CallNotPermittedException.class);
            assertThat(theirs.refusedWithFallback()).isEqualTo(Remote.UNKNOWN);
            assertThat(theirs.refusedWithFallbackUnderFrames()).isEqualTo(Remote.UNKNOWN);
            assertThat(theirs.remote().failures()).isEqualTo(before);
        } finally {
            theirs.stop();
        }
    }

    @Test
    void whenRemoteIsDown_thenTheThreeTogetherRetryFallBackAndFinallyOpen() {
        Steadfast ours = started(new Steadfast());
        Resilience4j theirs = started(new Resilience4j());
        try {
            assertThreeTogether(ours.remote(), ours.stock::three, ours.id);
            assertThreeTogether(theirs.remote(), theirs.stock::three, theirs.id);
        } finally {
            ours.stop();
            theirs.stop();
        }
    }

    @Test
    void whenRemoteIsDown_thenTheFallbackAloneAnswersAfterOneAttempt() {
        Steadfast ours = started(new Steadfast());
        Resilience4j theirs = started(new Resilience4j());
        try {
            assertFallbackAlone(ours.remote(), ours.stock::fallback, ours.id);
            assertFallbackAlone(theirs.remote(), theirs.stock::fallback, theirs.id);
        } finally {
            ours.stop();
            theirs.stop();
        }
    }

    @Test
    void whenRemoteIsUp_thenEveryMethodAnswersAsTheBareBeanDoes() {
        Steadfast ours = started(new Steadfast());
        Resilience4j theirs = started(new Resilience4j());
        try {
            assertThat(new String[] {ours.retry(), ours.breaker(), ours.timedBreaker(), ours.fallback(), ours.three()})
                    .containsOnly(ours.id);
            assertThat(new String[] {
                        theirs.retry(), theirs.breaker(), theirs.timedBreaker(), theirs.fallback(), theirs.three()
                    })
                    .containsOnly(theirs.id);
        } finally {
            ours.stop();
            theirs.stop();
        }
    }

    private static void assertFallbackAlone(Remote remote, GuardedMethod fallback, String id) {
        int before = remote.failures();
        remote.goDown();
        assertThat(fallback.call(id)).isEqualTo(Remote.UNKNOWN);
        assertThat(remote.failures() - before).isEqualTo(1);
    }

    /** The window holds 100 calls on both sides, and full of failures it opens: then the remote is left alone. */
    private static void assertThreeTogether(Remote remote, GuardedMethod three, String id) {
        int before = remote.failures();
        remote.goDown();
        assertThat(three.call(id)).isEqualTo(Remote.UNKNOWN);
        assertThat(remote.failures() - before).isEqualTo(ATTEMPTS);
        for (int call = 0; call < 100; call++) {
            assertThat(three.call(id)).isEqualTo(Remote.UNKNOWN);
        }
        int whenOpen = remote.failures();
        assertThat(whenOpen - before).isLessThanOrEqualTo(100);
        assertThat(three.call(id)).isEqualTo(Remote.UNKNOWN);
        assertThat(remote.failures()).isEqualTo(whenOpen);
    }

    private static int failuresOf(Remote remote, GuardedMethod method) {
        int before = remote.failures();
        remote.goDown();
        assertThat(method.failure("4711")).isInstanceOf(IllegalStateException.class);
        return remote.failures() - before;
    }

    private static Steadfast started(Steadfast side) {
        side.start();
        return side;
    }

    private static Resilience4j started(Resilience4j side) {
        side.start();
        return side;
    }
}
