package io.steadfast.core;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Predicate;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through a pipeline: the only object a plain call makes, however many policies it passes.
 *
 * <p>Written by its driver only, which hands it from thread to thread safely; policies and listeners read it while they
 * are asked and do not keep it.
 */
public final class Call {

    private static final int MOST_WRAPPINGS = 8;

    private static final Predicate<Throwable> IGNORES_NOTHING = failure -> false;

    private static final AtomicIntegerFieldUpdater<Call> LIMITS_REACHED =
            AtomicIntegerFieldUpdater.newUpdater(Call.class, "limitsReached");

    private final CallSite site;

    private final Object invocation;

    private final Target<Object> target;

    private long enteredNanos;

    private boolean clockRead;

    private int attempts;

    private boolean substituted;

    private boolean repeated;

    private boolean emitting;

    private volatile int limitsReached;

    @SuppressWarnings("unchecked") // the invocation is only ever handed back to the target it came with
    <I> Call(CallSite site, I invocation, Target<I> target) {
        this.site = site;
        this.invocation = invocation;
        this.target = (Target<Object>) target;
    }

    /**
     * A call that belongs to no pipeline, for testing a policy by itself.
     *
     * @param name the call's name
     * @param arguments what the caller passed
     * @return the call
     */
    public static Call of(String name, @Nullable Object... arguments) {
        Target<@Nullable Object[]> nothing = new Target<>() {
            @Override
            public @Nullable Object proceed(@Nullable Object[] invocation) {
                return null;
            }

            @Override
            public @Nullable Object[] arguments(@Nullable Object[] invocation) {
                return invocation;
            }
        };
        Call call = new Call(new CallSite(name, Ticker.system(), IGNORES_NOTHING), arguments, nothing);
        call.attempts = 1;
        return call;
    }

    /**
     * The call's name.
     *
     * @return the name in meters, events and the actuator
     */
    public String name() {
        return site.name();
    }

    /**
     * What the caller passed.
     *
     * @return a copy of the arguments; empty for calls made from code
     */
    public @Nullable Object[] arguments() {
        return target.arguments(invocation).clone();
    }

    /**
     * The invocation the pipeline was called with, for adapters that know its type.
     *
     * @return for example a {@code Callable} or a Spring method invocation
     */
    public Object invocation() {
        return invocation;
    }

    /**
     * How often the target has been entered.
     *
     * @return 0 as long as every attempt was refused
     */
    public int attempts() {
        return attempts;
    }

    /**
     * How long the call has been under way, waits included.
     *
     * @return nanoseconds since the first policy that is timed saw the call; 0 if this is the first reading
     */
    public long elapsedNanos() {
        return site.ticker().nanos() - enteredNanos();
    }

    /** The time of entry, read once at the first asking and shared by all who ask. */
    long enteredNanos() {
        if (!clockRead) {
            clockRead = true;
            enteredNanos = site.ticker().nanos();
        }
        return enteredNanos;
    }

    /** When an attempt begins: the time of entry serves the first one too, unless something has run before. */
    long attemptNanos() {
        return attempts == 0 && !repeated ? enteredNanos() : site.ticker().nanos();
    }

    @Nullable
    Object proceed() throws Throwable {
        attempts++;
        return target.proceed(invocation);
    }

    /** Whether a failure concerns no policy: an interrupt of the caller, or one this call ignores as a whole. */
    boolean concernsNobody(Throwable failure) {
        if (isInterrupt(failure)) {
            return !limitReached();
        }
        return ignores(failure);
    }

    /**
     * An interrupt of the caller: as itself, or as clients wrap it, which then leave the thread's flag set. Without the
     * flag somebody else's thread was interrupted, and that is a failure like any other.
     */
    private static boolean isInterrupt(Throwable failure) {
        if (failure instanceof InterruptedException) {
            return true;
        }
        if (!Thread.currentThread().isInterrupted()) {
            return false;
        }
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MOST_WRAPPINGS; depth++) {
            if (link instanceof InterruptedException || link instanceof ClosedByInterruptException) {
                return true;
            }
            link = FailureFilter.causeOf(link);
        }
        return false;
    }

    private boolean ignores(Throwable failure) {
        if (failure instanceof CallRejectedException) {
            return false;
        }
        try {
            return site.ignored().test(failure);
        } catch (Throwable broken) {
            BrokenPolicies.complain("list of failures that call '" + site.name() + "' ignores", broken);
            return false;
        }
    }

    /** The call waits and begins anew; what has passed until then is no part of the next attempt. */
    void repeating() {
        repeated = true;
    }

    void substituted() {
        substituted = true;
    }

    /** A limit around the code that runs now has interrupted it: nothing inside that limit may start anew. */
    boolean limitReached() {
        return limitsReached > 0;
    }

    void limitRang() {
        LIMITS_REACHED.incrementAndGet(this);
    }

    void limitHandled() {
        LIMITS_REACHED.decrementAndGet(this);
    }

    /** A stream has handed on its first element: from now on a second run would repeat it. */
    void emitting() {
        emitting = true;
    }

    /**
     * Whether a stream has handed its first element on, so that running the call again would repeat it.
     *
     * @return {@code false} for calls that are no stream
     */
    public boolean hasEmitted() {
        return emitting;
    }

    Outcome outcome(@Nullable Throwable failure, boolean cancelled) {
        if (failure == null) {
            return substituted ? Outcome.FALLBACK : Outcome.SUCCESS;
        }
        if (cancelled || isInterrupt(failure)) {
            return emitting ? Outcome.SUCCESS : Outcome.CANCELLED; // who got elements and has enough was served
        }
        if (failure instanceof CallRejectedException) {
            return Outcome.REFUSED;
        }
        if (failure instanceof CallTimeoutException) {
            return Outcome.TIMEOUT;
        }
        return ignores(failure) ? Outcome.IGNORED : Outcome.FAILURE;
    }

    @Override
    public String toString() {
        return "call '" + site.name() + "'"; // no arguments: this text ends in logs
    }
}
