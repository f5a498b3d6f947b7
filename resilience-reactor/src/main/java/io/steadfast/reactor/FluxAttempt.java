package io.steadfast.reactor;

import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.AsyncTarget.Emission;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * One subscription to a publisher of many elements. Each element is claimed before it is handed on; closing the attempt ends
 * the claims and tells their number at one point, so the next attempt knows exactly how much demand is left.
 */
final class FluxAttempt extends PublisherAttempt {

    private static final long CLOSED = Long.MIN_VALUE;

    private final FluxCall<?, ?> call;

    /** How many elements earlier attempts have emitted. */
    private final long before;

    /** Which subscription of the call this is. */
    private final int number;

    /** The one before it that has not ended: one of the two will emit first, and go on alone. */
    private final @Nullable FluxAttempt beside;

    /** How many this attempt has emitted, and whether it may go on. */
    private final AtomicLong claims = new AtomicLong();

    /** How many this attempt has asked its publisher for. */
    private final AtomicLong asked = new AtomicLong();

    private boolean emitting;

    FluxAttempt(FluxCall<?, ?> call, long before, @Nullable FluxAttempt last, Emission then, Context context) {
        super(then, context);
        this.call = call;
        this.before = before;
        this.number = last == null ? 1 : last.number + 1;
        FluxAttempt running = last;
        while (running != null && running.then.isOver()) {
            running = running.beside;
        }
        this.beside = running;
    }

    @Nullable
    FluxAttempt beside() {
        return beside;
    }

    boolean isBefore(@Nullable FluxAttempt other) {
        return other != null && number < other.number;
    }

    /** Ends the attempt, and says how many elements the subscriber has been sent until now. */
    long close() {
        return before + (claims.getAndUpdate(count -> count | CLOSED) & ~CLOSED);
    }

    void cancel() {
        close();
        cancelUpstream();
    }

    /** Passes on what demand there is; a publisher that is not ready yet will be asked when it is. */
    void askForMore() {
        if (!isSubscribed()) {
            return;
        }
        long requested = call.requested();
        long wanted = requested == Long.MAX_VALUE ? Long.MAX_VALUE : requested - before;
        long already = asked.getAndAccumulate(wanted, Math::max);
        if (wanted > already) {
            request(wanted == Long.MAX_VALUE ? Long.MAX_VALUE : wanted - already);
        }
    }

    @Override
    void ready() {
        askForMore();
    }

    @Override
    void next(Object element) {
        if (!emitting) {
            begin();
        }
        if (claim()) {
            call.emit(element);
        } else {
            discard(element);
        }
    }

    private void begin() {
        emitting = true;
        if (then.emitting()) {
            call.emitter(this);
        } else {
            cancel();
        }
    }

    private boolean claim() {
        return claims.getAndUpdate(count -> count < 0 ? count : count + 1) >= 0;
    }
}
