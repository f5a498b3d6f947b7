package io.steadfast.failover.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyRuntime;
import org.junit.jupiter.api.Test;

/** On real threads: checks that block. */
class HangingChecksTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final CountDownLatch released = new CountDownLatch(1);

    private final AtomicInteger running = new AtomicInteger();

    private final AtomicInteger most = new AtomicInteger();

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whenManyInstancesHang_thenNoMoreRunAtOnceThanAllowedAndAllHaveTheirTurn() {
        List<Instance> instances = IntStream.range(0, 3 * HealthChecks.AT_ONCE)
                .mapToObj(number -> HealthScene.instance("i" + number))
                .toList();
        Set<String> heard = ConcurrentHashMap.newKeySet();
        HealthConfig config =
                HealthConfig.builder(this::hang).jitter(0).timeout(LONG).build();
        try (HealthChecks checks = new HealthChecks(
                config,
                PolicyRuntime.system(),
                () -> instances,
                () -> true,
                (instance, healthy, why) -> heard.add(instance.id()))) {
            checks.start();
            await().atMost(LONG).until(() -> running.get() == HealthChecks.AT_ONCE);
            released.countDown();
            await().atMost(LONG).until(() -> heard.size() == instances.size());
        }
        assertThat(most).hasValue(HealthChecks.AT_ONCE);
    }

    @Test
    void whenACheckIsDeafToInterrupts_thenItCountsAtItsTimeoutAndIsNotRepeatedBeforeItEnds() {
        List<String> heard = new CopyOnWriteArrayList<>();
        HealthConfig config = HealthConfig.builder(this::hangDeaf)
                .interval(Duration.ofMillis(10))
                .timeout(Duration.ofMillis(20))
                .build();
        try (HealthChecks checks = new HealthChecks(
                config,
                PolicyRuntime.system(),
                () -> List.of(HealthScene.A),
                () -> true,
                (instance, healthy, why) -> heard.add(why))) {
            checks.start();
            await().atMost(LONG).until(() -> !heard.isEmpty());
            assertThat(heard).containsExactly("no answer within 20ms");
            assertThat(asked).hasValue(1);

            released.countDown();
            await().atMost(LONG).until(() -> asked.get() > 1);
        }
        assertThat(most).as("checks of one instance at once").hasValue(1);
    }

    @Test
    void whenTheListenerIsSlow_thenTheNextCheckOfTheInstanceWaitsForIt() {
        AtomicInteger telling = new AtomicInteger();
        HealthConfig config = HealthConfig.builder(this::hang)
                .interval(Duration.ofMillis(10))
                .timeout(Duration.ofMillis(20))
                .build();
        try (HealthChecks checks = new HealthChecks(
                config, PolicyRuntime.system(), () -> List.of(HealthScene.A), () -> true, (instance, healthy, why) -> {
                    telling.incrementAndGet();
                    while (released.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                })) {
            checks.start();
            await().atMost(LONG).until(() -> telling.get() == 1 && running.get() == 0);
            await().during(Duration.ofMillis(200)).atMost(LONG).until(() -> asked.get() == 1);

            released.countDown();
            await().atMost(LONG).until(() -> asked.get() > 1);
        }
    }

    @Test
    void whenClosed_thenARunningCheckIsInterruptedAndNobodyHearsOfIt() {
        List<String> heard = new CopyOnWriteArrayList<>();
        HealthConfig config =
                HealthConfig.builder(this::hang).jitter(0).timeout(LONG).build();
        HealthChecks checks = new HealthChecks(
                config,
                PolicyRuntime.system(),
                () -> List.of(HealthScene.A),
                () -> true,
                (instance, healthy, why) -> heard.add(why));
        checks.start();
        await().atMost(LONG).until(() -> running.get() == 1);
        checks.close();

        await().atMost(LONG).until(() -> running.get() == 0);
        assertThat(heard).isEmpty();
    }

    private HealthVerdict hang(Instance instance, Duration timeout) throws InterruptedException {
        enter();
        try {
            released.await();
            return HealthVerdict.passed();
        } finally {
            running.decrementAndGet();
        }
    }

    private HealthVerdict hangDeaf(Instance instance, Duration timeout) {
        enter();
        try {
            while (released.getCount() > 0) {
                Thread.onSpinWait();
            }
            return HealthVerdict.passed();
        } finally {
            running.decrementAndGet();
        }
    }

    private void enter() {
        asked.incrementAndGet();
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
    }
}
