package io.steadfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Runs every benchmark a few times, so that none of them rots. Says nothing about time. */
class BenchmarksTests {

    private static final List<Class<?>> SIDES = List.of(
            Floor.class,
            Framework.class,
            Steadfast.class,
            OpenSteadfast.class,
            MeteredSteadfast.class,
            Resilience4j.class,
            OpenResilience4j.class,
            MeteredResilience4j.class,
            Engine.class,
            Resilience4jEngine.class,
            TimerBenchmarks.class,
            BusyTimerBenchmarks.class,
            PickBenchmarks.class,
            ChooseBenchmarks.class,
            Machine.class);

    @TestFactory
    Stream<DynamicTest> whenBenchmarkIsRun_thenItAnswers() {
        return SIDES.stream()
                .map(side -> DynamicTest.dynamicTest(side.getSimpleName(), () -> runEachBenchmarkOf(side)));
    }

    @Test
    void whenReportNamesBenchmark_thenItExists() {
        Stream<String> rows = Row.ALL.stream().flatMap(row -> Stream.of(row.ours(), row.theirs(), row.floor()));
        Stream<String> named = Stream.of(rows, Stream.of(Tables.SPRING_RETRY), Tables.BARE.stream())
                .flatMap(names -> names);
        List<String> present = SIDES.stream()
                .flatMap(side ->
                        annotated(side, Benchmark.class).map(method -> side.getSimpleName() + "." + method.getName()))
                .toList();

        assertThat(named).isSubsetOf(present);
    }

    @Test
    void whenPrecisionIsMeasured_thenBothSidesHaveARow() throws Exception {
        assertThat(new AlarmPrecision(0, 1).markdown()).contains("| alarms | 10,000 |", "Executor` | 10,000 |");
    }

    private static void runEachBenchmarkOf(Class<?> side) throws Exception {
        Object state = side.getDeclaredConstructor().newInstance();
        runAll(state, Setup.class);
        try {
            for (Method benchmark : annotated(side, Benchmark.class).toList()) {
                for (int turn = 0; turn < 3; turn++) {
                    assertThat(benchmark.invoke(state)).as(benchmark.getName()).isNotNull();
                }
            }
        } finally {
            runAll(state, TearDown.class);
        }
    }

    private static void runAll(Object state, Class<? extends Annotation> phase) throws Exception {
        for (Method method : annotated(state.getClass(), phase).toList()) {
            method.invoke(state);
        }
    }

    private static Stream<Method> annotated(Class<?> side, Class<? extends Annotation> annotation) {
        return Arrays.stream(side.getMethods()).filter(method -> method.isAnnotationPresent(annotation));
    }
}
