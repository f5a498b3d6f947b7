package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Deadline;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import io.steadfast.core.time.Ticker;
import io.steadfast.reactor.ReactorPipelines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/**
 * The drivers and a bulkhead with a queue under a storm: plain calls, stages and publishers that answer, fail, break, are
 * cancelled or run out of time, while they wait or run. In the end every permit is back and nobody waits.
 */
class DriverStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 1_500;

    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);

    private final ExecutorService targets = Executors.newFixedThreadPool(4);

    private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();

    private final AtomicInteger refusedAndRun = new AtomicInteger();

    /** A refusal that is on its way when its subscriber cancels has nobody left to hear it: no news here. */
    @BeforeAll
    static void dropLateErrorsSilently() {
        Hooks.onErrorDropped(late -> {});
    }

    @AfterAll
    static void dropLateErrorsAsUsual() {
        Hooks.resetOnErrorDropped();
    }

    @Test
    void whenCallsOfAllKindsEndInAllWays_thenEveryPermitIsBackAndNobodyWaits() throws Exception {
        for (QueueOrder order : QueueOrder.values()) {
            storm(BulkheadPolicy.of(
                    "stock",
                    BulkheadConfig.builder()
                            .maxConcurrentCalls(3)
                            .maxWaitDuration(Duration.ofMillis(2))
                            .queueCapacity(4)
                            .queueOrder(order)
                            .build()));
        }
        callers.shutdown();
        targets.shutdown();
        assertThat(ends).containsKeys("answered", "failed", "refused", "cancelled");
        assertThat(refusedAndRun).hasValue(0);
    }

    private void storm(BulkheadPolicy bulkhead) throws Exception {
        Pipeline[] pipelines = new Pipeline[Priority.values().length];
        for (Priority priority : Priority.values()) {
            pipelines[priority.ordinal()] = Pipeline.named("stock")
                    .policy(bulkhead)
                    .trait(Priority.class, priority)
                    .build();
        }
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            SplittableRandom random = new SplittableRandom(thread);
            running.add(callers.submit(() -> {
                for (int i = 0; i < CALLS; i++) {
                    oneCall(pipelines[random.nextInt(pipelines.length)], new Body(random.split()), random);
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get(1, TimeUnit.MINUTES);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bulkhead.snapshot())
                        .containsEntry("in-flight", 0)
                        .containsEntry("queued", 0));
    }

    private void oneCall(Pipeline pipeline, Body body, SplittableRandom random) throws Exception {
        if (random.nextInt(3) > 0) {
            make(pipeline, body, random);
            return;
        }
        Deadline.in(Duration.ofNanos(random.nextInt(1_500_000)), Ticker.system())
                .<Object>call(() -> {
                    make(pipeline, body, random);
                    return "made";
                });
    }

    private void make(Pipeline pipeline, Body body, SplittableRandom random) {
        switch (random.nextInt(3)) {
            case 0 -> plain(pipeline, body);
            case 1 -> stage(pipeline, body, random);
            default -> mono(pipeline, body, random);
        }
    }

    private void plain(Pipeline pipeline, Body body) {
        try {
            pipeline.call(body::answer);
            ended(body, null);
        } catch (Throwable failure) {
            ended(body, failure);
        }
    }

    private void stage(Pipeline pipeline, Body body, SplittableRandom random) {
        CompletableFuture<Object> future =
                pipeline.callAsync(() -> CompletableFuture.supplyAsync(body::answer, targets));
        future.whenComplete((answer, failure) -> ended(body, failure));
        if (random.nextInt(3) == 0) {
            future.cancel(true);
        }
    }

    private void mono(Pipeline pipeline, Body body, SplittableRandom random) {
        Target<Body> target = one -> Mono.fromFuture(() -> CompletableFuture.supplyAsync(one::answer, targets));
        Disposable subscription = ReactorPipelines.mono(pipeline, body, target)
                .subscribe(answer -> ended(body, null), failure -> ended(body, failure));
        if (random.nextInt(3) == 0) {
            subscription.dispose();
        }
    }

    private void ended(Body body, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String how = "failed";
        if (cause == null) {
            how = "answered";
        } else if (cause instanceof CallRejectedException) {
            how = "refused";
            refusedAndRun.addAndGet(body.runs.get());
        } else if (cause instanceof CancellationException) {
            how = "cancelled";
        }
        ends.computeIfAbsent(how, any -> new AtomicInteger()).incrementAndGet();
    }

    /** What a call does, once it may. */
    private static final class Body {

        private final int outcome;

        private final int effort;

        private final AtomicInteger runs = new AtomicInteger();

        Body(SplittableRandom random) {
            this.outcome = random.nextInt(4);
            this.effort = random.nextInt(20_000);
        }

        Object answer() {
            runs.incrementAndGet();
            for (int i = 0; i < effort; i++) {
                Thread.onSpinWait();
            }
            return switch (outcome) {
                case 0, 1 -> "ok";
                case 2 -> throw new CompletionException(new IOException("down"));
                default -> throw new NoClassDefFoundError("gone");
            };
        }
    }
}
