package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Timer;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;

/** Settings change while calls are in flight and others wait. */
class BulkheadSuccessionTests {

    private static final Duration USUAL = Duration.ofMillis(50);

    private final ManualTicker ticker = new ManualTicker();

    private final PolicyRuntime runtime = new PolicyRuntime(ticker, Timer.system(), ResilienceListener.NONE);

    private static BulkheadConfigBuilder fixed(int calls) {
        return BulkheadConfig.builder().maxConcurrentCalls(calls);
    }

    private static BulkheadConfigBuilder queued(int calls) {
        return fixed(calls).maxWaitDuration(Duration.ofSeconds(1)).queueCapacity(5);
    }

    private static BulkheadConfigBuilder adaptive(AdaptiveAlgorithm algorithm, int initial, int min, int max) {
        return fixed(initial).adaptive(AdaptiveLimitConfig.of(algorithm).withLimits(initial, min, max));
    }

    private BulkheadPolicy change(BulkheadPolicy before, BulkheadConfigBuilder settings) {
        BulkheadPolicy next = before.successor(settings.build(), runtime);
        next.takeOver();
        return next;
    }

    private static boolean isRefused(BulkheadPolicy bulkhead) {
        Call call = Calls.of(Priority.NORMAL);
        try {
            bulkhead.acquire(call).abandoned(call);
            return false;
        } catch (BulkheadFullException full) {
            return true;
        }
    }

    private static Permit enter(BulkheadPolicy bulkhead) {
        return bulkhead.acquire(Calls.of(Priority.NORMAL));
    }

    private static int number(BulkheadPolicy bulkhead, String key) {
        return (int) bulkhead.snapshot().get(key);
    }

    @Test
    void whenTheLimitShrinks_thenCallsInFlightCountUntilTheyEnd() {
        Calls calls = new Calls(fixed(3), ticker);
        List<Permit> out = List.of(calls.enter(), calls.enter(), calls.enter());

        BulkheadPolicy next = change(calls.bulkhead, fixed(1));

        assertThat(next.snapshot()).containsEntry("in-flight", 3).containsEntry("limit", 1);
        calls.leave(out.get(0));
        calls.leave(out.get(1));
        assertThat(isRefused(next)).isTrue();
        assertThat(isRefused(calls.bulkhead)).as("who has the old one in hand").isTrue();
        calls.leave(out.get(2));
        assertThat(isRefused(next)).isFalse();
        assertThat(number(next, "in-flight")).isZero();
    }

    @Test
    void whenTheLimitGrows_thenThoseWhoWaitAreLetIn() {
        Calls calls = new Calls(queued(1), ticker);
        Permit first = calls.enter();
        Calls.Waiter second = calls.join();
        Calls.Waiter third = calls.join();

        BulkheadPolicy next = change(calls.bulkhead, queued(2));

        assertThat(second.isWoken()).isTrue();
        assertThat(third.isWoken()).isFalse();
        calls.leave(second.claim());
        calls.leave(first);
        calls.leave(third.claim());
        assertThat(next.snapshot()).containsEntry("in-flight", 0).containsEntry("queued", 0);
    }

    @Test
    void whenTheQueueIsTakenAway_thenThoseInItAreStillServedAndNobodyJoins() {
        Calls calls = new Calls(queued(1), ticker);
        Permit first = calls.enter();
        Calls.Waiter second = calls.join();

        BulkheadPolicy next = change(calls.bulkhead, fixed(1));

        assertThat(isRefused(next)).isTrue();
        calls.leave(first);
        assertThat(second.isWoken()).isTrue();
        calls.leave(second.claim());
        assertThat(number(next, "in-flight")).isZero();
    }

    @Test
    void whenTheOrderChanges_thenItHoldsForThoseWhoWaitAlready() {
        Calls calls = new Calls(queued(1), ticker);
        Permit first = calls.enter();
        Calls.Waiter older = calls.join();
        Calls.Waiter newer = calls.join();

        change(calls.bulkhead, queued(1).queueOrder(QueueOrder.LIFO));
        calls.leave(first);

        assertThat(newer.isWoken()).isTrue();
        assertThat(older.isWoken()).isFalse();
    }

    @Test
    void whenTheChangeIsCalledOff_thenNothingHasChanged() {
        Calls calls = new Calls(fixed(2), ticker);
        calls.enter();

        calls.bulkhead.successor(adaptive(AdaptiveAlgorithm.VEGAS, 50, 1, 60).build(), runtime);

        assertThat(calls.bulkhead.snapshot()).containsEntry("in-flight", 1).containsEntry("limit", 2);
    }

    @Test
    void whenAnAdaptiveLimitBecomesFixed_thenLateOutcomesMoveItNoMore() {
        Calls calls = new Calls(adaptive(AdaptiveAlgorithm.VEGAS, 40, 1, 100), ticker);
        List<Permit> out = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            out.add(calls.enter());
        }
        BulkheadPolicy next = change(calls.bulkhead, fixed(7));

        settle(out, USUAL);

        assertThat(next.snapshot()).containsEntry("limit", 7).containsEntry("in-flight", 0);
        assertThat(next.timed()).isFalse();
    }

    @Test
    void whenAFixedLimitBecomesAdaptive_thenItBeginsAtItsInitialLimitAndMoves() {
        Calls calls = new Calls(fixed(7), ticker);
        Permit early = calls.enter();
        BulkheadPolicy next = change(calls.bulkhead, adaptive(AdaptiveAlgorithm.VEGAS, 20, 1, 100));
        assertThat(next.snapshot()).containsEntry("limit", 20).containsEntry("in-flight", 1);
        calls.leave(early);

        window(next, 20);
        window(next, 20);

        assertThat(number(next, "limit")).isGreaterThan(20);
    }

    @Test
    void whenTheBoundsOfAnAdaptiveLimitChange_thenItStaysWhereItIsWithinThem() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            BulkheadPolicy first = new Calls(adaptive(AdaptiveAlgorithm.VEGAS, 20, 1, 100), ticker).bulkhead;
            for (int i = 0; i < 5; i++) {
                window(first, number(first, "limit"));
            }
            int reached = number(first, "limit");
            assertThat(reached).isGreaterThan(30);

            BulkheadPolicy wider = change(first, adaptive(algorithm, 10, 1, 200));
            assertThat(number(wider, "limit")).isEqualTo(reached);
            window(wider, reached);
            assertThat(number(wider, "limit")).as("goes on from there").isBetween(reached - 5, reached + 12);

            assertThat(number(change(wider, adaptive(algorithm, 10, 1, 25)), "limit"))
                    .isEqualTo(25);
            assertThat(number(change(wider, adaptive(algorithm, 60, 50, 100)), "limit"))
                    .isEqualTo(50);
        }
    }

    @Test
    void whenAnotherSettingChanges_thenTheAdaptiveLimitKeepsWhatItHasLearned() {
        BulkheadPolicy first = new Calls(adaptive(AdaptiveAlgorithm.VEGAS, 20, 1, 100), ticker).bulkhead;
        window(first, 20);

        BulkheadPolicy next = change(
                first,
                adaptive(AdaptiveAlgorithm.VEGAS, 20, 1, 100)
                        .maxWaitDuration(Duration.ofSeconds(1))
                        .queueCapacity(2));

        assertThat(next.snapshot()).isEqualTo(first.snapshot()).containsEntry("baseline-latency-ms", 50.0);
    }

    /** As many calls as a window takes, all at once. */
    private void window(BulkheadPolicy bulkhead, int inFlight) {
        List<Permit> out = new ArrayList<>();
        for (int i = 0; i < Math.max(20, inFlight); i++) {
            if (number(bulkhead, "in-flight") < number(bulkhead, "limit")) {
                out.add(enter(bulkhead));
            }
        }
        settle(out, USUAL);
    }

    private void settle(List<Permit> out, Duration elapsed) {
        ticker.advance(Duration.ofSeconds(2));
        out.forEach(permit -> permit.succeeded(Calls.of(Priority.NORMAL), elapsed.toNanos(), "ok"));
    }
}
