package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * Permits that are counted in a store. A call asks the store and goes on, or waits, once the answer is there; while the store
 * does not answer, a setting says who decides instead, and no call waits for it.
 */
final class StoreBackedLimit implements Limit {

    private final SharedLimit store;

    private final Limit standIn;

    private final int limit;

    private final StoreDown storeDown;

    private final long longestWaitNanos;

    private final Duration answerWithin;

    private final PolicyRuntime runtime;

    private final StoreWatch watch;

    private final long probeIntervalNanos;

    private final LongAdder decidedWithoutStore;

    /**
     * A limit whose store is taken to be up.
     *
     * @param standIn decides while the store is down, if the settings say so
     */
    StoreBackedLimit(
            PolicyId id,
            LimiterConfig config,
            SharedLimitConfig shared,
            SharedLimit store,
            Limit standIn,
            PolicyRuntime runtime) {
        this(
                config,
                shared,
                store,
                standIn,
                runtime,
                new LongAdder(),
                new StoreWatch(id, runtime, meanwhile(config.storeDown()), probeIntervalNanos(shared)));
    }

    private StoreBackedLimit(
            LimiterConfig config,
            SharedLimitConfig shared,
            SharedLimit store,
            Limit standIn,
            PolicyRuntime runtime,
            LongAdder decidedWithoutStore,
            StoreWatch watch) {
        this.store = store;
        this.standIn = standIn;
        this.limit = config.limitForPeriod();
        this.storeDown = config.storeDown();
        this.longestWaitNanos = config.timeoutDuration().toNanos();
        this.answerWithin = shared.storeTimeout();
        this.runtime = runtime;
        this.probeIntervalNanos = probeIntervalNanos(shared);
        this.decidedWithoutStore = decidedWithoutStore;
        this.watch = watch;
    }

    /** The same limit by other settings. What is known of the store, and what stands in for it, the two have in common. */
    StoreBackedLimit successor(LimiterConfig config, SharedLimitConfig shared, SharedLimit next) {
        return new StoreBackedLimit(config, shared, next, standIn, runtime, decidedWithoutStore, watch);
    }

    @Override
    public void goBy(LimiterConfig next) {
        watch.goBy(meanwhile(storeDown), probeIntervalNanos);
        standIn.goBy(next);
    }

    /** The store's keys are the store's. */
    @Override
    public void forgetKeys() {
        standIn.forgetKeys();
    }

    private static long probeIntervalNanos(SharedLimitConfig shared) {
        return Math.max(
                shared.storeProbeInterval().toNanos(), shared.storeTimeout().toNanos());
    }

    private static String meanwhile(StoreDown storeDown) {
        return switch (storeDown) {
            case LOCAL -> "each process keeps the limit by itself";
            case OPEN -> "every call is admitted";
            case CLOSED -> "every call is refused";
        };
    }

    @Override
    public Permit acquire(Call call, @Nullable String key, int permits) {
        long era = watch.era();
        if (StoreWatch.isUp(era)) {
            return ask(call, key, permits, era);
        }
        if (watch.mayLook()) {
            look(key, permits, era);
        }
        return decideAlone(call, key, permits);
    }

    private Permit ask(Call call, @Nullable String key, int permits, long era) {
        StoreReservation place = new StoreReservation(this, key, permits, era);
        long wait = Math.min(longestWaitNanos, call.remainingNanos());
        take(key, permits, wait).whenComplete(place);
        return place.isAnswered() ? place.claim(call) : place;
    }

    /** Asks in the background whether the store is back: with a real question, so that it is back for real ones. */
    private void look(@Nullable String key, int permits, long era) {
        long asked = runtime.ticker().nanos();
        take(key, permits, 0).whenComplete((wait, failure) -> {
            if (wait == null) {
                return; // still down
            }
            if (runtime.ticker().nanos() - asked <= answerWithin.toNanos()) {
                onOtherThread(() -> watch.answered(era));
            }
            if (wait >= 0) {
                store.giveBack(key, permits); // whether the call that looked was let in was decided without this
            }
        });
    }

    /** What listeners hear they must not hear on the store's own thread: one that asked the same store would wait for ever. */
    void onOtherThread(Runnable task) {
        try {
            runtime.timer().schedule(task, 0);
        } catch (RejectedExecutionException noThread) {
            task.run();
        }
    }

    private CompletionStage<Long> take(@Nullable String key, int permits, long waitNanos) {
        try {
            return store.take(key, permits, waitNanos);
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    /** What to do with a call for which the store has no answer. */
    Permit decideAlone(Call call, @Nullable String key, int permits) {
        decidedWithoutStore.increment();
        return switch (storeDown) {
            case LOCAL -> standIn.acquire(call, key, permits);
            case OPEN -> Admitted.PERMIT;
            case CLOSED -> {
                throw new RateLimitedException(
                        call.name(),
                        Duration.ofNanos(watch.nanosToNextLook()),
                        "its rate limit is shared with other processes, and " + watch.reason());
            }
        };
    }

    /** The store has not answered in time. */
    void tooSlow(long era) {
        watch.failed(era, StoreWatch.tooSlow(SettingsCheck.text(answerWithin)));
    }

    void failed(long era, Throwable failure) {
        watch.failed(era, failure);
    }

    void giveBack(@Nullable String key, int permits) {
        store.giveBack(key, permits);
    }

    long nanos() {
        return runtime.ticker().nanos();
    }

    long answerWithinNanos() {
        return answerWithin.toNanos();
    }

    /** The same call may come back as soon as the rest of the time is no longer than it may wait. */
    RateLimitedException refusal(Call call, long thereInNanos) {
        Duration comeBack = Duration.ofNanos(Math.max(0, thereInNanos - longestWaitNanos));
        return new RateLimitedException(call.name(), thereInNanos == Long.MAX_VALUE ? null : comeBack);
    }

    /** Whether a call would have been told to wait, had it had the time. */
    boolean isWaitable(long nanos) {
        return nanos <= longestWaitNanos;
    }

    /**
     * {@code scope}; {@code store-down}, 1 while the store does not answer and 0 otherwise; how many calls were
     * {@code decided-without-store} since the start. {@code available} is as the store said last; while it is down, all figures
     * of the stand-in are shown, and {@code trouble} says why.
     */
    @Override
    public void describe(Map<String, Object> snapshot) {
        boolean up = StoreWatch.isUp(watch.era());
        snapshot.put("scope", "shared");
        if (up || storeDown != StoreDown.LOCAL) {
            store.available().ifPresent(available -> snapshot.put("available", available));
            snapshot.put("limit", limit);
        } else {
            standIn.describe(snapshot);
        }
        snapshot.put("store-down", up ? 0 : 1);
        snapshot.put("decided-without-store", decidedWithoutStore.sum());
        if (!up) {
            snapshot.put("trouble", "cannot share its limit: " + watch.reason());
        }
    }
}
