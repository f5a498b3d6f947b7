package io.steadfast.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The moment by which an answer must be there to be of use. It belongs to the outermost call that has a limit and flows to
 * every guarded call made inside it: each waits and works no longer than is left, and is refused with
 * {@link DeadlineExceededException}, before anything is sent, once nothing is.
 *
 * <p>What you call yourself, without a guard, can be told:
 *
 * <pre>{@code
 * Deadline.remaining().ifPresent(left -> request.timeout(left));
 * }</pre>
 *
 * <p>Mind what the other side takes zero for: it is no limit at all to {@code Statement.setQueryTimeout}, which counts in seconds.
 *
 * <p>Immutable and thread-safe; a snapshot may be handed to other threads, where {@link #call} makes it hold. The idea, and the
 * rule that the earlier of two deadlines counts, is gRPC's.
 */
public final class Deadline {

    /**
     * The key under which a deadline lies in a Reactor {@code Context}, and by which Micrometer's context propagation knows the
     * thread's deadline.
     */
    public static final String CONTEXT_KEY = "io.steadfast.deadline";

    private final Ticker ticker;

    private final long atNanos;

    Deadline(Ticker ticker, long atNanos) {
        this.ticker = ticker;
        this.atNanos = atNanos;
    }

    /**
     * A deadline some time from now, by the JVM's clock.
     *
     * @param time how long from now; zero or less is over at once
     * @return the deadline
     */
    public static Deadline in(Duration time) {
        return in(time, Ticker.system());
    }

    /**
     * A deadline some time from now.
     *
     * @param time how long from now; zero or less is over at once
     * @param ticker the clock it goes by
     * @return the deadline
     */
    public static Deadline in(Duration time, Ticker ticker) {
        long now = ticker.nanos();
        return new Deadline(ticker, CallThread.later(now, Durations.nanos(time)));
    }

    /**
     * The deadline that holds for the calling thread now.
     *
     * @return the deadline; empty if none does
     */
    public static Optional<Deadline> current() {
        return Optional.ofNullable(CallThread.deadline());
    }

    /**
     * How much time the calling thread has left.
     *
     * @return the time, zero if it is over; empty if no deadline holds
     */
    public static Optional<Duration> remaining() {
        return current().map(Deadline::left);
    }

    /**
     * How much time is left.
     *
     * @return the time, zero if it is over
     */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, leftNanos()));
    }

    /**
     * Whether nothing is left.
     *
     * @return {@code true} from the deadline on
     */
    public boolean isOver() {
        return leftNanos() <= 0;
    }

    /**
     * Runs something under this deadline, or under the one the thread has already if that is earlier.
     *
     * @param body what to run; not interrupted when the time is over
     * @param <T> what it answers
     * @return its answer
     * @throws Exception what the body throws
     */
    public <T extends @Nullable Object> T call(Callable<T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        Deadline before = CallThread.deadline();
        Deadline earlier = before != null && before.leftNanos() <= leftNanos() ? before : this;
        CallThread.replace(earlier);
        try {
            return body.call();
        } finally {
            CallThread.replace(before);
        }
    }

    /**
     * Makes a deadline hold for the calling thread, or none. For libraries that carry a context from thread to thread, and
     * put back what they found; others use {@link #call}.
     *
     * @param deadline the deadline; {@code null} for none
     */
    public static void restore(@Nullable Deadline deadline) {
        CallThread.replace(deadline);
    }

    Ticker ticker() {
        return ticker;
    }

    long atNanos() {
        return atNanos;
    }

    long leftNanos() {
        return atNanos - ticker.nanos();
    }

    @Override
    public String toString() {
        return "deadline in " + Durations.text(Math.max(0, leftNanos()));
    }
}
