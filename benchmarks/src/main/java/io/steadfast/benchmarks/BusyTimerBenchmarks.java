package io.steadfast.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Timer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same while ten thousand others are armed, as under load. */
@State(Scope.Benchmark)
public class BusyTimerBenchmarks extends TimerBenchmarks {

    private static final int OTHERS = 10_000;

    private static final Runnable NOTHING = () -> {};

    private final Random random = new Random(4711);

    private List<Alarm> alarms = List.of();

    @Override
    void armOthers() {
        alarms = Stream.generate(() -> Timer.system().alarm(NOTHING))
                .limit(OTHERS)
                .toList();
        for (Alarm alarm : alarms) {
            alarm.set(someTime());
            executor.schedule(NOTHING, someTime(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    void disarmOthers() {
        alarms.forEach(Alarm::release);
    }

    /** Around the time that is measured, so that a new task belongs in the middle of the executor's heap. */
    private long someTime() {
        return LIMIT / 2 + (long) (random.nextDouble() * LIMIT);
    }
}
