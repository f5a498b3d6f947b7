package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A deadline by itself, and as the thread has it. */
class DeadlineTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HandTimer timer = new HandTimer();

    @AfterEach
    void threadHasNoneAfterwards() {
        assertThat(Deadline.current()).isEmpty();
    }

    @Test
    void whenNobodySetOne_thenThereIsNone() {
        assertThat(Deadline.current()).isEmpty();
        assertThat(Deadline.remaining()).isEmpty();
    }

    @Test
    void whenTimePasses_thenLessIsLeftAndNeverLessThanNothing() {
        Deadline deadline = Deadline.in(SECOND, timer);
        timer.lag(400_000_000);
        assertThat(deadline.left()).isEqualTo(Duration.ofMillis(600));
        assertThat(deadline.isOver()).isFalse();
        timer.lag(600_000_000);
        assertThat(deadline.isOver()).isTrue();
        timer.lag(600_000_000);
        assertThat(deadline.left()).isZero();
        assertThat(deadline).hasToString("deadline in 0 ms");
    }

    @Test
    void whenItHoldsForABody_thenTheBodySeesIt() throws Exception {
        Deadline deadline = Deadline.in(SECOND, timer);
        assertThat(deadline.call(Deadline::remaining)).contains(SECOND);
    }

    @Test
    void whenOneHoldsAlready_thenTheEarlierCountsAndIsPutBack() throws Exception {
        Deadline sooner = Deadline.in(SECOND, timer);
        Deadline later = Deadline.in(SECOND.multipliedBy(2), timer);
        later.call(() -> {
            assertThat(sooner.call(Deadline::remaining)).contains(SECOND);
            assertThat(Deadline.remaining()).contains(SECOND.multipliedBy(2));
            return null;
        });
        assertThat(sooner.call(() -> later.call(Deadline::remaining))).contains(SECOND);
    }

    @Test
    void whenTwoGoByDifferentClocks_thenTheEarlierCountsAllTheSame() throws Exception {
        HandTimer other = new HandTimer();
        other.lag(123_456_789_000L);
        Deadline sooner = Deadline.in(SECOND, other);
        Deadline later = Deadline.in(SECOND.multipliedBy(2), timer);
        assertThat(later.call(() -> sooner.call(Deadline::remaining))).contains(SECOND);
        assertThat(sooner.call(() -> later.call(Deadline::remaining))).contains(SECOND);
    }

    @Test
    void whenTheBodyThrows_thenTheThreadHasWhatItHadBefore() {
        StackOverflowError error = new StackOverflowError();
        assertThat(catchThrowable(() -> Deadline.in(SECOND, timer).call(() -> {
                    throw error;
                })))
                .isSameAs(error);
    }

    @Test
    void whenRestored_thenItHoldsUntilNoneIs() {
        Deadline.restore(Deadline.in(SECOND, timer));
        assertThat(Deadline.remaining()).contains(SECOND);
        Deadline.restore(null);
        assertThat(Deadline.remaining()).isEmpty();
    }

    @Test
    void whenSeenByAnotherThread_thenItHoldsThereOnlyIfHandedOver() throws Exception {
        Deadline deadline = Deadline.in(SECOND, timer);
        deadline.call(() -> {
            assertThat(CompletableFuture.supplyAsync(Deadline::remaining).join())
                    .isEmpty();
            return null;
        });
    }

    @Test
    void whenVeryFar_thenItIsNeverOver() {
        for (Duration far : new Duration[] {Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(200 * 365)}) {
            Deadline deadline = Deadline.in(far, timer);
            assertThat(deadline.isOver()).isFalse();
            assertThat(deadline.left()).isGreaterThan(Duration.ofDays(100 * 365));
        }
    }

    @Test
    void whenZeroOrLess_thenItIsOverForGood() {
        for (Duration none :
                new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE)}) {
            Deadline deadline = Deadline.in(none, timer);
            timer.lag(SECOND.toNanos());
            assertThat(deadline.isOver()).as(none.toString()).isTrue();
        }
    }

    @Test
    void whenTheClockWrapsRound_thenTimeGoesOn() {
        long[] now = {Long.MAX_VALUE - 10};
        Ticker old = () -> now[0];
        Deadline deadline = Deadline.in(Duration.ofNanos(100), old);
        now[0] += 99;
        assertThat(deadline.left()).isEqualTo(Duration.ofNanos(1));
        now[0] += 1;
        assertThat(deadline.isOver()).isTrue();
    }
}
