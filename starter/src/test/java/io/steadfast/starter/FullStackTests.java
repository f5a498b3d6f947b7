package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.Deadline;
import io.steadfast.fallback.Fallback;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.timeout.Timeout;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** All policies around one method, in every way of calling it. */
class FullStackTests {

    private static final String[] SETTINGS = {
        "resilience.timeout.instances.stock.limit=4ms",
        "resilience.timeout.instances.stock.total=60ms",
        "resilience.retry.instances.stock.wait-duration=1ms",
        "resilience.circuit-breaker.instances.stock.wait-duration-in-open-state=5ms",
        "resilience.circuit-breaker.instances.stock.max-wait-duration-in-open-state=10ms",
        "resilience.circuit-breaker.instances.stock.failure-rate-threshold=90",
        "resilience.rate-limiter.instances.stock.limit-for-period=400",
        "resilience.rate-limiter.instances.stock.limit-refresh-period=10ms",
        "resilience.rate-limiter.instances.stock.timeout-duration=20ms",
        "resilience.bulkhead.instances.stock.max-concurrent-calls=3",
        "resilience.bulkhead.instances.stock.max-wait-duration=3ms",
        "resilience.bulkhead.instances.stock.queue-capacity=4",
        "resilience.validation=lenient"
    };

    private static final int CALLERS = 8;

    private static final int CALLS = 400;

    @Test
    void whenAMethodHasEveryPolicy_thenTheyStandInTheStandardOrder() {
        Steadfast.application(Stock.class)
                .withPropertyValues(SETTINGS)
                .run(context -> assertThat(call(context).pipeline())
                        .extracting(policy -> policy.id().policy())
                        .containsExactly(
                                "fallback",
                                "timeout.total",
                                "retry",
                                "circuit-breaker",
                                "rate-limiter",
                                "timeout",
                                "bulkhead"));
    }

    @Test
    void whenCallsSucceedFailHangAndAreCancelled_thenEveryPermitComesBackAndNobodyIsLeftWaiting() {
        Steadfast.inRealTime(Stock.class).withPropertyValues(SETTINGS).run(context -> {
            Stock stock = context.getBean(Stock.class);
            AtomicInteger outcomes = new AtomicInteger();
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    all.add(callers.submit(() -> callInEveryWay(stock, outcomes)));
                }
                for (Future<?> one : all) {
                    one.get(60, TimeUnit.SECONDS);
                }
            } finally {
                callers.shutdownNow();
            }

            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(outcomes).hasValue(CALLERS * CALLS);
                assertThat(state(context, "bulkhead"))
                        .containsEntry("in-flight", 0)
                        .containsEntry("queued", 0);
                assertThat(state(context, "rate-limiter").get("waiting")).hasToString("0");
                assertThat(state(context, "timeout").get("still-running")).hasToString("0");
                assertThat(state(context, "timeout.total").get("still-running")).hasToString("0");
            });
        });
    }

    private static void callInEveryWay(Stock stock, AtomicInteger outcomes) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < CALLS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> plain(stock, outcomes);
                case 1 -> future(stock, outcomes, random.nextInt(3) == 0);
                case 2 -> mono(stock, outcomes, random.nextInt(3) == 0);
                default -> plain(stock, outcomes);
            }
            assertThat(Thread.currentThread().isInterrupted())
                    .as("an interrupt leaked")
                    .isFalse();
            assertThat(Deadline.current()).as("a deadline leaked").isEmpty();
        }
    }

    private static void plain(Stock stock, AtomicInteger outcomes) {
        try {
            stock.plain();
        } catch (Throwable any) {
            // every outcome is fine, as long as there is one
        }
        outcomes.incrementAndGet();
    }

    private static void future(Stock stock, AtomicInteger outcomes, boolean cancelled) {
        CompletableFuture<String> answer = stock.future();
        answer.whenComplete((result, failure) -> outcomes.incrementAndGet());
        if (cancelled) {
            answer.cancel(true);
        }
    }

    private static void mono(Stock stock, AtomicInteger outcomes, boolean cancelled) {
        CountDownLatch once = new CountDownLatch(1);
        Disposable subscription = stock.mono()
                .onErrorComplete()
                .doFinally(end -> {
                    once.countDown();
                    outcomes.incrementAndGet();
                })
                .subscribe();
        if (cancelled) {
            subscription.dispose();
        }
    }

    private static Map<String, Object> state(ApplicationContext context, String policy) {
        return call(context).pipeline().stream()
                .filter(one -> one.id().policy().equals(policy))
                .findFirst()
                .orElseThrow()
                .slot()
                .policy()
                .snapshot();
    }

    private static GuardedCall call(ApplicationContext context) {
        return context.getBean(CallCatalogue.class).find("stock").orElseThrow();
    }

    /** A service in every mood, asked in every way. */
    @Timeout("stock")
    @Retry("stock")
    @CircuitBreaker("stock")
    @RateLimiter("stock")
    @Bulkhead("stock")
    static class Stock {

        @Fallback(value = "stock", method = "instead")
        public String plain() throws Exception {
            return answer();
        }

        @Fallback(value = "stock", method = "futureInstead")
        public CompletableFuture<String> future() {
            return CompletableFuture.supplyAsync(Stock::unchecked);
        }

        @Fallback(value = "stock", method = "monoInstead")
        public Mono<String> mono() {
            return ThreadLocalRandom.current().nextInt(3) == 0
                    ? Mono.fromCallable(Stock::answer).delaySubscription(Duration.ofMillis(6))
                    : Mono.fromCallable(Stock::answer);
        }

        String instead() {
            return "unknown";
        }

        CompletableFuture<String> futureInstead() {
            return CompletableFuture.completedFuture("unknown");
        }

        Mono<String> monoInstead() {
            return Mono.just("unknown");
        }

        private static String unchecked() {
            try {
                return answer();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }

        private static String answer() throws Exception {
            return switch (ThreadLocalRandom.current().nextInt(12)) {
                case 0 -> throw new IOException("reset");
                case 1 -> throw new AssertionError("a defect");
                case 2 -> hang(new CountDownLatch(1));
                case 3 -> spin();
                default -> "42";
            };
        }

        /** Ends when it is interrupted, or late. */
        private static String hang(CountDownLatch never) throws InterruptedException {
            return never.await(8, TimeUnit.MILLISECONDS) ? "never" : "late";
        }

        /** Deaf to interrupts. */
        private static String spin() {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            return "deaf";
        }
    }
}
