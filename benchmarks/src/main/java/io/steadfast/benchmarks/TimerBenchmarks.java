package io.steadfast.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A time limit armed and taken back, as each call that ends in time does: our alarms beside what others use. */
@State(Scope.Benchmark)
public class TimerBenchmarks {

    /** Longer than any run. */
    static final long LIMIT = TimeUnit.HOURS.toNanos(1);

    private static final long SHORT_LIMIT = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Runnable NOTHING = () -> {};

    private final Ticker ticker = Ticker.system();

    private final Timer timer = Timer.system();

    private final ThreadLocal<Alarm> keptAlarm = ThreadLocal.withInitial(() -> timer.alarm(NOTHING));

    private final TimeLimiter limiter = TimeLimiter.of(Duration.ofNanos(LIMIT));

    ScheduledThreadPoolExecutor executor;

    long entered;

    CompletableFuture<String> answered = CompletableFuture.completedFuture("4711");

    /** Starts the peers' timer, as resilience4j's users have to; cancelled tasks leave it at once, which is not its default. */
    @Setup
    public void start() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "peer-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        entered = ticker.nanos();
        armOthers();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        disarmOthers();
        executor.shutdownNow();
    }

    /** The thread's own alarm, from a clock reading that the call has taken anyway. */
    @Benchmark
    public boolean kept() {
        Alarm alarm = keptAlarm.get();
        alarm.setFrom(ticker, entered, LIMIT);
        return alarm.clear();
    }

    /** The same, if nobody has read the clock before. */
    @Benchmark
    public boolean keptReadsClock() {
        Alarm alarm = keptAlarm.get();
        alarm.set(LIMIT);
        return alarm.clear();
    }

    /** The same with a limit so short that the watchdog must be told of it. */
    @Benchmark
    public boolean keptShort() {
        Alarm alarm = keptAlarm.get();
        alarm.set(SHORT_LIMIT);
        return alarm.clear();
    }

    /** An alarm taken for one call and given back, as asynchronous calls and virtual threads do. */
    @Benchmark
    public boolean taken() {
        Alarm alarm = timer.alarm(NOTHING);
        alarm.setFrom(ticker, entered, LIMIT);
        boolean cleared = alarm.clear();
        alarm.release();
        return cleared;
    }

    /** A task scheduled and cancelled. */
    @Benchmark
    public boolean executorTask() {
        return executor.schedule(NOTHING, LIMIT, TimeUnit.NANOSECONDS).cancel(false);
    }

    /** The JDK's own limit on a future, which is then completed. */
    @Benchmark
    public boolean orTimeout() {
        return new CompletableFuture<String>()
                .orTimeout(LIMIT, TimeUnit.NANOSECONDS)
                .complete("4711");
    }

    /** resilience4j's limit on a stage that is complete already. */
    @Benchmark
    public CompletionStage<String> resilience4jStage() {
        Supplier<CompletionStage<String>> call = () -> answered;
        return limiter.executeCompletionStage(executor, call);
    }

    /** resilience4j's limit on a blocking wait for a future that is complete already: no timer, but somebody else's thread. */
    @Benchmark
    public String resilience4jFuture() throws Exception {
        return limiter.executeFutureSupplier(() -> answered);
    }

    /** What else is armed meanwhile. */
    void armOthers() {}

    void disarmOthers() {}
}
