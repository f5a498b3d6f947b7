package io.steadfast.ratelimiter;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * A call that has asked the store and waits for the answer, no longer than the store may take. Whoever comes first decides: the
 * answer, or the end of that time. Permits that the store gives after that are spent; those it gives to a call that has left
 * are given back.
 */
final class StoreReservation extends Reservation implements BiConsumer<@Nullable Long, @Nullable Throwable> {

    private final StoreBackedLimit limit;

    private final @Nullable String key;

    private final int permits;

    private final long era;

    /** Nothing yet, what to run once the answer is there, the answer, or what became of the question. */
    private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

    StoreReservation(StoreBackedLimit limit, @Nullable String key, int permits, long era) {
        this.limit = limit;
        this.key = key;
        this.permits = permits;
        this.era = era;
    }

    /** The store's answer, on the store's thread. */
    @Override
    public void accept(@Nullable Long wait, @Nullable Throwable failure) {
        Answer answer = wait == null ? Answer.failed(failure) : new Answer(wait, limit.nanos(), null);
        Object before = state.getAndUpdate(now -> now instanceof Ending ? now : answer);
        if (before instanceof Runnable wake) {
            wake.run();
        } else if (before == Ending.LEFT) {
            left(answer);
        }
    }

    boolean isAnswered() {
        return state.get() instanceof Answer;
    }

    @Override
    public long waitNanos() {
        return limit.answerWithinNanos();
    }

    @Override
    public boolean mayComeEarly() {
        return true;
    }

    @Override
    public void whenReady(Runnable wake) {
        if (!state.compareAndSet(null, wake)) {
            wake.run();
        }
    }

    @Override
    public Permit claim(Call call) {
        if (!(state.getAndSet(Ending.CLAIMED) instanceof Answer answer)) {
            limit.tooSlow(era);
            return limit.decideAlone(call, key, permits);
        }
        if (answer.failure() != null) {
            limit.failed(era, answer.failure());
            return limit.decideAlone(call, key, permits);
        }
        return follow(call, answer);
    }

    private Permit follow(Call call, Answer answer) {
        if (answer.waitNanos() == 0) {
            return Admitted.PERMIT;
        }
        if (answer.waitNanos() > 0) {
            return new StoreTurn(limit, key, permits, answer.atNanos() + answer.waitNanos(), true);
        }
        long there = -answer.waitNanos();
        if (limit.isWaitable(there)) { // but for the call's deadline: the driver says so
            return new StoreTurn(limit, key, permits, answer.atNanos() + there, false);
        }
        throw limit.refusal(call, there);
    }

    @Override
    public void withdraw(Call call) {
        if (state.getAndSet(Ending.LEFT) instanceof Answer answer) {
            left(answer);
        }
    }

    /** The call will not hear of the answer. A failure is told all the same: no other call may wait long enough to see one. */
    private void left(Answer answer) {
        Throwable failure = answer.failure();
        if (failure != null) {
            limit.onOtherThread(() -> limit.failed(era, failure));
        } else if (answer.waitNanos() >= 0) {
            limit.giveBack(key, permits);
        }
    }

    /** How a question ends for the one who asked. */
    private enum Ending {
        CLAIMED,
        LEFT
    }

    /** What the store said, and when; or why it did not. */
    private record Answer(
            long waitNanos, long atNanos, @Nullable Throwable failure) {

        static Answer failed(@Nullable Throwable failure) {
            return new Answer(0, 0, failure == null ? new IllegalStateException("the answer is null") : failure);
        }
    }
}
