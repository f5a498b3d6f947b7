package io.steadfast.test;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A timer without threads: time passes when a test says so, or when somebody sleeps. Thread-safe.
 *
 * <p>{@link #sleep} does not block. It moves the shared clock itself and runs what falls due on the way, so a plain call
 * with retries finishes in one go, on one thread. A task that interrupts the sleeper ends the sleep at that moment, as a
 * real clock would.
 */
public final class ManualTimer implements Timer {

    private final ManualTicker ticker;

    private final NavigableSet<Task> tasks = new ConcurrentSkipListSet<>();

    private final AtomicLong sequence = new AtomicLong();

    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    private volatile boolean rejecting;

    private volatile boolean holding;

    /** A timer with a clock of its own. */
    public ManualTimer() {
        this(new ManualTicker());
    }

    /**
     * A timer that moves a given clock.
     *
     * @param ticker the clock
     */
    public ManualTimer(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /**
     * The clock this timer moves.
     *
     * @return the same object each time
     */
    public ManualTicker ticker() {
        return ticker;
    }

    /**
     * Lets time pass: runs, on this thread, each task that falls due, in order, with the clock at the task's time. Tasks
     * that those schedule run too if they fall due. What a task throws is thrown here, and time stops there.
     *
     * @param by how long; zero runs what is due now
     * @throws IllegalArgumentException if {@code by} is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time does not go backwards: " + by);
        }
        long until = later(by.toNanos());
        for (Task task = nextDue(until); task != null; task = nextDue(until)) {
            run(task);
        }
        ticker.advanceTo(until);
    }

    /**
     * Lets time pass until the next task is due, and runs it on this thread. For calls that go on by themselves once their
     * waits are over, however long those are.
     *
     * @return {@code false} if nothing waits; then no time has passed
     */
    public boolean advanceToNextTask() {
        Task next = nextDue(Long.MAX_VALUE);
        if (next == null) {
            return false;
        }
        run(next);
        return true;
    }

    /**
     * Moves the clock instead of blocking, and notes the wait.
     *
     * @param nanos how long, in nanoseconds; zero or less moves nothing
     * @throws InterruptedException if the thread is interrupted before, or by a task that falls due meanwhile
     */
    @Override
    public void sleep(long nanos) throws InterruptedException {
        throwIfInterrupted();
        sleeps.add(Duration.ofNanos(Math.max(0, nanos)));
        long until = later(Math.max(0, nanos));
        for (Task task = nextDue(until); task != null; task = nextDue(until)) {
            run(task);
            throwIfInterrupted();
        }
        ticker.advanceTo(until);
    }

    /**
     * Lets time pass until the signal is given, by a task that falls due on the way or before; where nothing gives it, the whole
     * time. After {@link #holdWaiters} it blocks instead, until another thread gives the signal or lets the time pass.
     *
     * @param signal what to wait for
     * @param nanos how long at most, in nanoseconds
     * @throws InterruptedException if the thread is interrupted before or meanwhile
     */
    @Override
    public boolean await(Signal signal, long nanos) throws InterruptedException {
        throwIfInterrupted();
        if (holding) {
            return Timer.super.await(signal, nanos);
        }
        long until = later(Math.max(0, nanos));
        while (!signal.isGiven()) {
            Task task = nextDue(until);
            if (task == null) {
                ticker.advanceTo(until);
                break;
            }
            run(task);
            throwIfInterrupted();
        }
        return signal.isGiven();
    }

    /** From now on threads that wait for a signal block until another thread gives it, or lets their time pass. */
    public void holdWaiters() {
        holding = true;
    }

    /**
     * Keeps a task until its time is reached. A task without delay waits for the next {@link #advance} too.
     *
     * @throws RejectedExecutionException after {@link #rejectTasks}
     */
    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        if (rejecting) {
            throw new RejectedExecutionException("This timer was told to reject tasks");
        }
        Task added = new Task(later(Math.max(0, delayNanos)), sequence.getAndIncrement(), task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    /** Refuses all further tasks, as a timer that has been shut down does. Tasks already accepted stay. */
    public void rejectTasks() {
        rejecting = true;
    }

    /**
     * What waits for its time. Zero after a call has ended, or something has been left behind.
     *
     * @return the number of tasks neither run nor cancelled
     */
    public int pendingTasks() {
        return tasks.size();
    }

    /**
     * How long threads have slept.
     *
     * @return each sleep asked for, in order
     */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    private void run(Task task) {
        ticker.advanceTo(task.due());
        task.body().run();
    }

    private @Nullable Task nextDue(long until) {
        for (Task first : tasks) {
            if (first.due() > until) {
                return null;
            }
            if (tasks.remove(first)) { // unless somebody has just cancelled it
                return first;
            }
        }
        return null;
    }

    /** A reading of the clock after a delay; the end of time for delays that reach beyond it. */
    private long later(long delayNanos) {
        long now = ticker.nanos();
        long then = now + delayNanos;
        return then < now ? Long.MAX_VALUE : then;
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private record Task(long due, long sequence, Runnable body) implements Comparable<Task> {

        private static final Comparator<Task> EARLIEST =
                Comparator.comparingLong(Task::due).thenComparingLong(Task::sequence);

        @Override
        public int compareTo(Task other) {
            return EARLIEST.compare(this, other);
        }
    }
}
