package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.Call;
import io.steadfast.core.Instance;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every lease comes back, whatever happens to calls, instances and settings meanwhile. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LeaseStressTests {

    private static final int THREADS = 4;

    private static final int CALLS = 20_000;

    private volatile List<Instance> listed = Bench.instances("a", "b", "c", "d", "e");

    private final FailoverConfigBuilder config = FailoverConfig.builder()
            .refreshInterval(Duration.ofMillis(100))
            .slowStart(Duration.ofMillis(5))
            .ejection(EjectionConfig.builder()
                    .interval(Duration.ofMillis(100))
                    .baseTime(Duration.ofMillis(2))
                    .maxTime(Duration.ofMillis(10))
                    .build());

    private final InstanceSource source = () -> listed;

    private volatile FailoverPolicy policy = new FailoverPolicy(
            new PolicyId(FailoverPolicy.KIND, "stock"), config.build(), PolicyRuntime.system(), source);

    @Test
    void whenEverythingHappensAtOnce_thenNothingIsInFlightInTheEnd() throws Exception {
        Awaitility.await().until(() -> !policy.pool().instances().isEmpty());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            List<Future<Long>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(threads.submit((Callable<Long>) this::callAround));
            }
            Future<?> changes = threads.submit(() -> changeAround(calls));
            long booked = 0;
            for (Future<Long> call : calls) {
                booked += call.get();
            }
            changes.get();
            assertThat(policy.snapshot()).containsEntry("in-flight", 0);
            assertThat(booked).isPositive();
        } finally {
            threads.shutdownNow();
            policy.close();
        }
    }

    @Test
    void whenNothingChanges_thenEachOutcomeIsCountedOnce() throws Exception {
        listed = Bench.instances("a", "b", "c");
        FailoverPolicy steady = new FailoverPolicy(
                new PolicyId(FailoverPolicy.KIND, "steady"),
                config.build(),
                PolicyRuntime.system(),
                InstanceSource.of(listed));
        policy.close();
        policy = steady;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(threads.submit((Callable<Long>) this::callAround));
            }
            long booked = 0;
            for (Future<Long> call : calls) {
                booked += call.get();
            }
            long expected = booked;
            Awaitility.await().untilAsserted(() -> assertThat(counted(steady)).isEqualTo(expected));
            assertThat(steady.snapshot()).containsEntry("in-flight", 0);
        } finally {
            threads.shutdownNow();
            steady.close();
        }
    }

    private static long counted(FailoverPolicy policy) {
        return policy.pool().instances().stream()
                .mapToLong(state -> state.succeeded() + state.failed())
                .sum();
    }

    /** Makes calls; says how many of them count. */
    private long callAround() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long booked = 0;
        for (int i = 0; i < CALLS; i++) {
            Call call = Call.of("stock");
            for (int attempt = 0; attempt < 3; attempt++) {
                Permit permit = policy.acquire(call);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        permit.abandoned(call);
                        booked--;
                    }
                    case 1 -> permit.failed(call, 1000, new NoClassDefFoundError("gone"));
                    case 2, 3 -> permit.failed(call, 1000, new IOException("down"));
                    case 4 -> {
                        ((MemberLease) permit).leaving(Duration.ofMillis(1));
                        permit.succeeded(call, 1000, "ok");
                    }
                    case 5 -> {
                        permit.failed(call, 0, new StackOverflowError());
                        booked--;
                    }
                    default -> permit.succeeded(call, random.nextInt(100_000), "ok");
                }
                booked++;
                if (permit instanceof MemberLease lease && call.lease() == lease) {
                    throw new AssertionError("the lease is still on the route");
                }
            }
        }
        return booked;
    }

    private void changeAround(List<? extends Future<?>> calls) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (calls.stream().anyMatch(call -> !call.isDone())) {
            String id = "abcdefg".substring(random.nextInt(7)).substring(0, 1);
            switch (random.nextInt(6)) {
                case 0 -> policy.pool().eject(id, Duration.ofMillis(1));
                case 1 -> policy.pool().drain(id, Duration.ofMillis(1));
                case 2 -> policy.pool().checked(id, random.nextBoolean());
                case 3 -> policy.pool().restore(id);
                case 4 -> {
                    listed = Bench.instances("a", "b", id.equals("a") ? "c" : id.equals("b") ? "d" : id);
                    policy.pool().refreshNow();
                }
                default -> {
                    FailoverPolicy before = policy;
                    PickerType picker = PickerType.values()[random.nextInt(PickerType.values().length)];
                    FailoverPolicy next =
                            before.successor(config.picker(picker).build(), PolicyRuntime.system(), source);
                    next.takeOver();
                    policy = next;
                    before.close();
                }
            }
        }
    }
}
