package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyEvent;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** One trial, so that a single failure trips the half-open breaker again and its wait grows: 5 s, 10 s, 20 s. */
class ProbeTests {

    @Test
    void whenItWaitsForTheFirstTime_thenNobodyIsLetIn() {
        Bench bench = opened(1);
        bench.advance(Duration.ofMillis(4999));
        assertThat(bench.isRefused()).isTrue();
    }

    @Test
    void whenTheWaitHasGrown_thenOneCallIsLetInWhenTheFirstWaitWouldBeOver() {
        Bench bench = opened(2);
        bench.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(bench.isRefused()).isTrue();
        bench.advance(Duration.ofNanos(1));
        bench.acquire();
        assertThat(bench.isRefused()).as("a second one").isTrue();
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenAProbeSucceeds_thenTrialsBeginLongBeforeTheWaitIsOver() {
        Bench bench = opened(4);
        bench.advance(Duration.ofSeconds(5));
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("HALF_OPEN");
        assertThat(bench.listener.events())
                .filteredOn(event -> event.kind() == PolicyEvent.Kind.STATE_CHANGED)
                .last()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("a probe succeeded; 1 trials decide"));
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("CLOSED");
    }

    @Test
    void whenAProbeFails_thenTheWaitGoesOnAndTheNextFollowsAfterTheInterval() {
        Bench bench = opened(3);
        bench.advance(Duration.ofSeconds(5));
        Permit probe = bench.acquire();
        bench.advance(Duration.ofSeconds(1));
        bench.fail(probe);
        assertThat(bench.refusal().retryAfter()).contains(Duration.ofSeconds(14));
        bench.advance(Duration.ofMillis(1999));
        assertThat(bench.isRefused()).isTrue();
        bench.advance(Duration.ofMillis(1));
        bench.fail();
        assertThat(bench.breaker.snapshot()).containsEntry("trips", 3L).containsEntry("state", "OPEN");
    }

    @Test
    void whenAProbeDoesNotEnd_thenAnotherFollowsOnlyAfterTheTimeThatTrialsAreGiven() {
        Bench bench = opened(3);
        bench.advance(Duration.ofSeconds(5));
        bench.acquire();
        bench.advance(Duration.ofMillis(9999));
        assertThat(bench.isRefused()).isTrue();
        bench.advance(Duration.ofMillis(1));
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void whenAProbeTellsNothing_thenTheNextCallIsOne() {
        Bench bench = opened(3);
        bench.advance(Duration.ofSeconds(5));
        bench.acquire().abandoned(bench.call);
        bench.acquire().failed(bench.call, 0, new CancellationException());
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void whenAProbeIsSlow_thenItHasNotShownThatTheTargetIsBack() {
        Bench bench = new Bench(Bench.small()
                .permittedNumberOfCallsInHalfOpenState(1)
                .slowCallDurationThreshold(Duration.ofSeconds(1)));
        open(bench, 3);
        bench.advance(Duration.ofSeconds(5));
        bench.acquire().succeeded(bench.call, Duration.ofSeconds(2).toNanos(), "ok");
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenAProbeEndsAfterItsWait_thenItDecidesForNoOtherState() {
        Bench bench = opened(2);
        bench.advance(Duration.ofSeconds(5));
        Permit probe = bench.acquire();
        bench.advance(Duration.ofSeconds(5));
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("CLOSED");
        bench.trip();
        bench.succeed(probe);
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenAnErrorEndsAProbe_thenItIsAFailureAndNoProbeIsLost() {
        Bench bench = opened(3);
        bench.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> bench.pipeline().call(() -> {
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class);
        bench.advance(Duration.ofSeconds(2));
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void whenProbesAreOff_thenTheWholeWaitIsSatOut() {
        Bench bench = new Bench(
                Bench.small().permittedNumberOfCallsInHalfOpenState(1).probeIntervalInOpenState(Duration.ZERO));
        open(bench, 3);
        bench.advance(Duration.ofSeconds(20).minusNanos(1));
        assertThat(bench.isRefused()).isTrue();
        assertThat(bench.breaker.snapshot()).doesNotContainKey("next-probe");
    }

    @Test
    void whenTheWaitDoesNotGrow_thenThereIsNothingToProbe() {
        Bench bench = new Bench(Bench.small()
                .permittedNumberOfCallsInHalfOpenState(1)
                .maxWaitDurationInOpenState(Duration.ofSeconds(5)));
        open(bench, 3);
        bench.advance(Duration.ofMillis(4999));
        assertThat(bench.isRefused()).isTrue();
        assertThat(bench.breaker.snapshot()).doesNotContainKey("next-probe");
    }

    @Test
    void whenOpenedFromOutsideForATime_thenNobodyProbes() {
        Bench bench = opened(3);
        bench.engine().transitionToClosedState();
        bench.succeed();
        bench.engine().transitionToOpenStateFor(Duration.ofMinutes(3));
        bench.advance(Duration.ofMinutes(2));
        assertThat(bench.isRefused()).isTrue();
    }

    @Test
    void whenAskedForASnapshot_thenItSaysWhenTheNextProbeIsDue() {
        Bench bench = opened(3);
        Instant trial = Instant.parse(String.valueOf(bench.breaker.snapshot().get("next-trial")));
        assertThat(bench.breaker.snapshot())
                .containsEntry("next-probe", trial.minusSeconds(15).toString());
    }

    @Test
    void whenSettingsChange_thenProbesGoByTheNewOnes() {
        Bench bench = opened(3);
        bench.breaker
                .successor(Bench.small()
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .probeIntervalInOpenState(Duration.ZERO)
                        .build())
                .takeOver();
        bench.advance(Duration.ofSeconds(15));
        assertThat(bench.isRefused()).isTrue();
    }

    @Test
    void whenManyThreadsAsk_thenOneIsTheProbe() {
        Bench bench = opened(3);
        bench.advance(Duration.ofSeconds(5));
        AtomicInteger entered = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            try {
                bench.acquire();
                entered.incrementAndGet();
            } catch (CircuitOpenException refused) {
                // the others
            }
        });
        assertThat(entered).hasValue(1);
    }

    /** The promise to operators: a long outage is over for callers one interval after it is over for the target. */
    @Property(tries = 200)
    void whenTheTargetIsBack_thenTheBreakerClosesWithinAFirstWaitOrAnInterval(
            @ForAll @IntRange(min = 0, max = 300_000) int outageMillis) {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        long now = 0;
        long step = 100;
        while (!bench.breaker.state().equals("CLOSED")) {
            boolean back = now >= outageMillis;
            try {
                Permit permit = bench.acquire();
                if (back) {
                    bench.succeed(permit);
                } else {
                    bench.fail(permit);
                }
            } catch (CircuitOpenException refused) {
                // as most are
            }
            bench.advance(Duration.ofMillis(step));
            now += step;
        }
        assertThat(now - outageMillis).isLessThanOrEqualTo(5_000 + 10 * step);
    }

    private static Bench opened(int times) {
        Bench bench = new Bench(Bench.small().permittedNumberOfCallsInHalfOpenState(1));
        open(bench, times);
        return bench;
    }

    /** Leaves the breaker at the beginning of the how manieth open state in a row. */
    private static void open(Bench bench, int times) {
        bench.trip();
        for (int trip = 1; trip < times; trip++) {
            bench.advance(Duration.ofSeconds(5L << (trip - 1)));
            bench.fail();
        }
    }
}
