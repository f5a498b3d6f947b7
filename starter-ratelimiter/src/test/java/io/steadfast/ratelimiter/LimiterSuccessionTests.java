package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import org.junit.jupiter.api.Test;

/** Settings change while calls wait and permits are taken; the limiter of the bench shares its permits with its successors. */
class LimiterSuccessionTests {

    private static final int THREADS = 8;

    private static void change(Bench bench, LimiterConfigBuilder settings) {
        bench.limiter.successor(settings.build()).takeOver();
    }

    @Test
    void whenTheLimitChanges_thenWhatWasTakenOfThePeriodStaysTaken() {
        Bench bench = new Bench(Bench.tenASecond());
        bench.acquire(8);

        change(bench, Bench.tenASecond().limitForPeriod(12));
        bench.assertSnapshot("available", 4L);
        change(bench, Bench.tenASecond().limitForPeriod(5));
        bench.assertSnapshot("available", 0L);
        change(bench, Bench.tenASecond().limitForPeriod(9));
        bench.assertSnapshot("available", 1L);

        bench.advance(Duration.ofSeconds(1));
        bench.assertSnapshot("available", 9L);
    }

    @Test
    void whenThePeriodBecomesLonger_thenItBeganWhenThePresentOneDid() {
        Bench bench = new Bench(Bench.tenASecond());
        bench.advance(Duration.ofMillis(2_400));
        bench.acquire(10);

        change(bench, Bench.tenASecond().limitRefreshPeriod(Duration.ofHours(1)));

        bench.advance(Duration.ofMinutes(59).plusMillis(59_599));
        bench.assertSnapshot("available", 0L);
        bench.advance(Duration.ofMillis(1));
        bench.assertSnapshot("available", 10L);
    }

    @Test
    void whenThePeriodBecomesShorter_thenItEndsWithThePresentOneOrAfterOneOfItsOwn() {
        Bench late = new Bench(Bench.tenASecond().limitRefreshPeriod(Duration.ofSeconds(60)));
        late.acquire(10);
        late.advance(Duration.ofSeconds(55));
        change(late, Bench.tenASecond().limitRefreshPeriod(Duration.ofSeconds(50)));
        late.advance(Duration.ofMillis(4_999));
        late.assertSnapshot("available", 0L);
        late.advance(Duration.ofMillis(1));
        late.assertSnapshot("available", 10L);

        Bench early = new Bench(Bench.tenASecond().limitRefreshPeriod(Duration.ofHours(1)));
        early.acquire(10);
        early.advance(Duration.ofMinutes(1));
        change(early, Bench.tenASecond());
        early.advance(Duration.ofMillis(999));
        early.assertSnapshot("available", 0L);
        early.advance(Duration.ofMillis(1));
        early.assertSnapshot("available", 10L);
    }

    @Test
    void whenAKeyIsUsedOnlyLaterInALongerPeriod_thenItsCallsOfBeforeStillCount() {
        Bench bench = new Bench(Bench.tenASecond());
        assertThat(bench.admitted("ann")).isEqualTo(10);
        change(bench, Bench.tenASecond().limitRefreshPeriod(Duration.ofHours(1)));
        bench.advance(Duration.ofMinutes(30));
        assertThat(bench.admitted("ann")).isZero();
    }

    @Test
    void whenCallsWait_thenTheyComeWhenTheyWereToAndWhatTheyWaitForIsSpent() {
        Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofSeconds(5)));
        bench.acquire(10);
        Reservation waiting = (Reservation) bench.acquire(10);
        Call call = Bench.call(1, null);

        change(bench, Bench.tenASecond());

        assertThat(waiting.waitNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        bench.assertSnapshot("waiting", 1);
        assertThat(bench.isAdmitted(call)).as("nobody waits any more").isFalse();
        bench.advance(Duration.ofSeconds(1));
        assertThat(waiting.claim(call)).isSameAs(Admitted.PERMIT);
        bench.assertSnapshot("waiting", 0);
        assertThat(bench.isAdmitted(call)).isFalse();
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.isAdmitted(call)).isTrue();
    }

    @Test
    void whenAsManyKeysAreToldApart_thenTheyAreKeptAndElseForgotten() {
        Bench bench = new Bench(Bench.tenASecond().maxKeys(100));
        assertThat(bench.admitted("ann")).isEqualTo(10);

        change(bench, Bench.tenASecond().maxKeys(100).limitForPeriod(13));
        assertThat(bench.admitted("ann")).isEqualTo(3);
        change(bench, Bench.tenASecond().maxKeys(50).limitForPeriod(13));
        assertThat(bench.admitted("ann")).isEqualTo(13);
        bench.limiter.forgetKeys();
        bench.assertSnapshot("keys", 0);
    }

    @Test
    void whenTheChangeIsCalledOff_thenNothingHasChanged() {
        Bench bench = new Bench(Bench.tenASecond());
        bench.acquire(10);
        bench.limiter.successor(Bench.tenASecond().limitForPeriod(50).build());
        bench.assertSnapshot("available", 0L);
        bench.assertSnapshot("limit-for-period", 10);
    }

    @Test
    void whenSettingsChange_thenTheRegistryShowsThemOnTheSameLimiterAndListenersStay() {
        Bench bench = new Bench(Bench.tenASecond());
        RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
        bench.limiter.showIn(registry, bench.runtime);
        var shown = registry.rateLimiter("geocoder");
        List<Object> heard = new ArrayList<>();
        shown.getEventPublisher().onSuccess(heard::add);

        change(bench, Bench.tenASecond().limitForPeriod(20).timeoutDuration(Duration.ofSeconds(3)));
        bench.acquire(1);

        assertThat(registry.rateLimiter("geocoder")).isSameAs(shown);
        assertThat(shown.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(20);
        assertThat(shown.getRateLimiterConfig().getTimeoutDuration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(heard).hasSize(1);
    }

    @Test
    void whenALimitIsShared_thenItsSuccessorKnowsOfTheStoreWhatItKnewAndStandsInWithTheSamePermits() {
        HandStore store = new HandStore();
        RateLimiterPolicy first = store.limiter(StoreDown.LOCAL);
        store.lose(first);
        assertThat(first.snapshot()).containsEntry("available", 1L).containsEntry("store-down", 1);

        RateLimiterPolicy next =
                SharedRateLimiter.successor(first, shared(StoreDown.LOCAL, 3), SharedLimitConfig.defaults(), store);
        assertThat(first.snapshot()).containsEntry("available", 1L);
        next.takeOver();

        assertThat(next.snapshot())
                .containsEntry("available", 2L)
                .containsEntry("store-down", 1)
                .containsEntry("decided-without-store", 1L);
        assertThat(store.listener.events().stream().filter(event -> event.kind() == PolicyEvent.Kind.STATE_CHANGED))
                .hasSize(1);
        assertThatIllegalStateException().isThrownBy(() -> first.successor(LimiterConfig.defaults()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedRateLimiter.successor(
                        new Bench(Bench.tenASecond()).limiter,
                        shared(StoreDown.OPEN, 1),
                        SharedLimitConfig.defaults(),
                        store));
    }

    @Test
    void whenACallWaitsForTheStoresAnswer_thenItIsLetInOnceAlthoughSettingsChange() {
        HandStore store = new HandStore();
        RateLimiterPolicy first = store.limiter(StoreDown.CLOSED);
        Call call = Call.of("geocoder");
        Reservation asking = (Reservation) first.acquire(call);

        SharedRateLimiter.successor(first, shared(StoreDown.OPEN, 9), SharedLimitConfig.defaults(), store)
                .takeOver();
        store.last().admits();

        assertThat(asking.claim(call)).isSameAs(Admitted.PERMIT);
        assertThat(store.questions).hasSize(1);
        assertThat(store.givenBack).isEmpty();
    }

    private static LimiterConfig shared(StoreDown storeDown, int permits) {
        return LimiterConfig.builder()
                .scope(Scope.SHARED)
                .limitForPeriod(permits)
                .limitRefreshPeriod(Duration.ofHours(1))
                .storeDown(storeDown)
                .build();
    }

    /** The clock stands still in each round, so there is one period whatever its length; it never gives more than the larger limit. */
    @Test
    void whenSettingsChangeAllTheTime_thenAPeriodGivesTheLargerLimitAndNotMore() throws Exception {
        Bench bench = new Bench(Bench.tenASecond().limitForPeriod(300));
        LimiterConfig larger = Bench.tenASecond().limitForPeriod(300).build();
        LimiterConfig smaller = Bench.tenASecond()
                .limitForPeriod(70)
                .limitRefreshPeriod(Duration.ofMillis(1_500))
                .build();
        PolicySlot<?> slot = PolicySlot.of(bench.limiter);
        for (int round = 0; round < 200; round++) {
            AtomicLong given = new AtomicLong();
            race((changes, random) -> {
                for (int call = 0; call < 100; call++) {
                    if (changes) {
                        change(slot, call % 2 == 0 ? smaller : larger);
                    }
                    given.addAndGet(isAdmitted((RateLimiterPolicy) slot.policy()) ? 1 : 0);
                }
            });
            change(slot, larger);
            while (isAdmitted((RateLimiterPolicy) slot.policy())) {
                given.incrementAndGet();
            }
            assertThat(given.get()).as("round " + round).isEqualTo(300);
            bench.advance(Duration.ofMillis(1_700));
        }
    }

    /** The clock stands still, and calls may wait for five periods: all that is promised fits into six of the larger limit. */
    @Test
    void whenSettingsChangeWhileCallsWait_thenNoneIsLostAndNoPermitIsPromisedTwice() throws Exception {
        LimiterConfig larger = Bench.tenASecond()
                .limitForPeriod(20)
                .timeoutDuration(Duration.ofSeconds(5))
                .build();
        LimiterConfig smaller = Bench.tenASecond()
                .limitForPeriod(10)
                .timeoutDuration(Duration.ofSeconds(5))
                .build();
        for (int round = 0; round < 100; round++) {
            Bench bench = new Bench(Bench.tenASecond().limitForPeriod(20).timeoutDuration(Duration.ofSeconds(5)));
            PolicySlot<?> slot = PolicySlot.of(bench.limiter);
            AtomicLong given = new AtomicLong();
            race((changes, random) -> {
                for (int i = 0; i < 50; i++) {
                    if (changes) {
                        change(slot, i % 2 == 0 ? smaller : larger);
                    }
                    given.addAndGet(isServed((RateLimiterPolicy) slot.policy(), random) ? 1 : 0);
                }
            });
            assertThat(given.get()).isBetween(20L, 120L);
            assertThat(slot.policy().snapshot()).containsEntry("waiting", 0);
        }
    }

    /** Some of those who wait leave. */
    private static boolean isServed(RateLimiterPolicy limiter, SplittableRandom random) {
        Call call = Call.of("geocoder");
        try {
            Permit permit = limiter.acquire(call);
            if (permit instanceof Reservation turn) {
                if (random.nextInt(4) == 0) {
                    turn.withdraw(call);
                    return false;
                }
                return turn.claim(call) == Admitted.PERMIT;
            }
            return true;
        } catch (RateLimitedException refused) {
            return false;
        }
    }

    private static void race(ByThread work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                boolean changes = thread == 0;
                SplittableRandom random = new SplittableRandom(thread);
                all.add(() -> {
                    work.run(changes, random);
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface ByThread {

        void run(boolean changes, SplittableRandom random);
    }

    private static void change(PolicySlot<?> slot, LimiterConfig settings) {
        RateLimiterPolicy next = ((RateLimiterPolicy) slot.policy()).successor(settings);
        next.takeOver();
        slot.replace(next);
    }

    private static boolean isAdmitted(RateLimiterPolicy limiter) {
        try {
            limiter.acquire(Call.of("geocoder"));
            return true;
        } catch (RateLimitedException refused) {
            return false;
        }
    }
}
