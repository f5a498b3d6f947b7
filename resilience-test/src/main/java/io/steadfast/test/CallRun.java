package io.steadfast.test;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** One call in some {@link CallModel}, as its caller sees it. */
public final class CallRun {

    static final Runnable NOTHING = () -> {};

    private final ManualTimer timer;

    private final AtomicInteger endings = new AtomicInteger();

    private volatile Runnable canceller = NOTHING;

    private volatile @Nullable Object result;

    private volatile @Nullable Throwable failure;

    private volatile boolean interruptedAfterwards;

    CallRun(ManualTimer timer) {
        this.timer = timer;
    }

    /** Gives up: cancels the stage or subscription, interrupts the caller of a plain method. */
    public void cancel() {
        canceller.run();
    }

    /**
     * Lets time pass until the call has ended or nothing more will happen.
     *
     * @return this run
     */
    public CallRun finish() {
        while (endings.get() == 0 && timer.advanceToNextTask()) {
            // each task moves the call a step further
        }
        return this;
    }

    /**
     * How often the caller was told the end.
     *
     * @return 1 once the call has ended; 0 before, and for a call that was cancelled
     */
    public int endings() {
        return endings.get();
    }

    /**
     * The answer.
     *
     * @return what the caller got, {@code null} if nothing
     */
    public @Nullable Object result() {
        return result;
    }

    /**
     * The failure.
     *
     * @return what the caller got thrown, {@code null} if nothing
     */
    public @Nullable Throwable failure() {
        return failure;
    }

    /**
     * Whether a plain call left its thread interrupted. The flag has been taken back since.
     *
     * @return the flag as the call returned
     */
    public boolean interruptedAfterwards() {
        return interruptedAfterwards;
    }

    void cancelledBy(Runnable how) {
        canceller = how;
    }

    void answered(@Nullable Object answer) {
        result = answer;
    }

    void ended(@Nullable Throwable cause) {
        failure = cause;
        endings.incrementAndGet();
    }

    void interruptedAfterwards(boolean flag) {
        interruptedAfterwards = flag;
    }
}
