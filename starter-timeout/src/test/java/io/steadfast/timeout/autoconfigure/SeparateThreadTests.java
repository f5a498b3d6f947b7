package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.context.ContextRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.Outcome;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.spring.autoconfigure.ResilienceContextAutoConfiguration;
import io.steadfast.test.RecordingListener;
import io.steadfast.timeout.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Methods on a thread of their own. The threads are real, the time is not. */
@org.junit.jupiter.api.Timeout(value = 60, unit = TimeUnit.SECONDS)
class SeparateThreadTests {

    private static final String USER = "user";

    private static final Duration LIMIT = Duration.ofMillis(800);

    private final ThreadLocal<String> user = new ThreadLocal<>();

    private final CountDownLatch end = new CountDownLatch(1);

    private final OwnThreads timer = new OwnThreads();

    private final ApplicationContextRunner application = Application.inRealTime()
            .withConfiguration(AutoConfigurations.of(ResilienceContextAutoConfiguration.class))
            .withBean(Ticker.class, timer::ticker)
            .withBean(Timer.class, () -> timer)
            .withPropertyValues("resilience.timeout.defaults.separate-thread=true");

    private final ApplicationContextRunner stock =
            application.withBean(Stock.class).withPropertyValues("resilience.timeout.instances.stock.limit=800ms");

    private final ApplicationContextRunner tried =
            application.withBean(Tried.class).withPropertyValues("resilience.timeout.instances.tried.total=2s");

    @BeforeEach
    void registerTheUser() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(USER, user);
    }

    @AfterEach
    void letEverybodyGo() {
        end.countDown();
        ContextRegistry.getInstance().removeThreadLocalAccessor(USER);
        Thread.interrupted();
    }

    @Test
    void whenAMethodRuns_thenItIsOnAnotherThreadThatKnowsTheContextAndTheDeadline() {
        stock.run(context -> {
            user.set("ann");
            ThreadLocal<String> transaction = new ThreadLocal<>();
            transaction.set("begun by the caller");
            Thread caller = Thread.currentThread();

            Object seen = context.getBean(Stock.class).call(() -> {
                assertThat(Thread.currentThread()).isNotSameAs(caller);
                assertThat(Deadline.remaining()).contains(LIMIT);
                return user.get() + ", " + transaction.get();
            });

            assertThat(seen).isEqualTo("ann, null");
            assertThat(Deadline.remaining()).isEmpty();
        });
    }

    @Test
    void whenCodeIsDeaf_thenItsCallerIsLetGoAndItCountsAsStillRunningUntilItEnds() {
        stock.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);

            Throwable thrown = catchThrowable(() -> context.getBean(Stock.class).call(() -> hangDeaf(1)));

            assertThat(thrown).isInstanceOf(CallTimeoutException.class);
            assertThat(end.getCount()).as("the code that hangs").isEqualTo(1);
            assertThat(Application.stillRunning(meters, "stock")).isEqualTo(1);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            end.countDown();
            await().until(() -> Application.stillRunning(meters, "stock") == 0);
        });
    }

    @Test
    void whenCodeHeedsTheInterrupt_thenItEndsSoonAfterItsCaller() {
        stock.run(context -> {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();

            Throwable thrown = catchThrowable(() -> context.getBean(Stock.class).call(() -> {
                timer.advanceOnce(1, LIMIT);
                try {
                    return end.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException interrupt) {
                    ended.complete(interrupt);
                    throw interrupt;
                }
            }));

            assertThat(thrown).isInstanceOf(CallTimeoutException.class);
            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            await().until(() -> Application.stillRunning(meters, "stock") == 0);
        });
    }

    @Test
    void whenCodeFailsInTime_thenItsCallerGetsTheFailureItself() {
        stock.run(context -> {
            IOException down = new IOException("down");

            assertThat(catchThrowable(() -> context.getBean(Stock.class).call(() -> {
                        throw down;
                    })))
                    .isSameAs(down);
        });
    }

    @Test
    void whenTheCallerIsInterrupted_thenItIsLetGoWithItsFlagUpAndTheCodeIsToldToEnd() {
        stock.run(context -> {
            CompletableFuture<Boolean> told = new CompletableFuture<>();
            Thread caller = Thread.currentThread();

            Throwable thrown = catchThrowable(() -> context.getBean(Stock.class).call(() -> {
                caller.interrupt();
                try {
                    end.await();
                } catch (InterruptedException interrupt) {
                    told.complete(true);
                }
                return "ended";
            }));

            assertThat(thrown).isInstanceOf(CancellationException.class).hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(told.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(context.getBean(RecordingListener.class).outcomes()).containsExactly(Outcome.CANCELLED);
        });
    }

    @Test
    void whenBothLimitsAreSet_thenAttemptsAreLeftBehindAndRetriedAndTheFallbackRunsOnTheCallersThread() {
        tried.withPropertyValues(
                        "resilience.timeout.instances.tried.limit=800ms",
                        "resilience.retry.instances.tried.max-attempts=2",
                        "resilience.retry.instances.tried.wait-duration=0")
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    AtomicInteger entries = new AtomicInteger();

                    Object answer = context.getBean(Tried.class).call(() -> {
                        entries.incrementAndGet();
                        return hangDeaf(2);
                    });

                    assertThat(answer).isEqualTo("instead, on " + Thread.currentThread());
                    assertThat(entries).hasValue(2);
                    assertThat(Application.stillRunning(meters, "tried")).isEqualTo(2);
                    end.countDown();
                    await().until(() -> Application.stillRunning(meters, "tried") == 0);
                });
    }

    @Test
    void whenOnlyATotalIsSet_thenAllAttemptsRunOnTheOtherThread() {
        tried.run(context -> {
            Thread caller = Thread.currentThread();
            CompletableFuture<Thread> seen = new CompletableFuture<>();

            Object answer = context.getBean(Tried.class).call(() -> {
                seen.complete(Thread.currentThread());
                return hangDeaf(1);
            });

            assertThat(answer).asString().startsWith("instead, on ");
            assertThat(seen.get(30, TimeUnit.SECONDS)).isNotSameAs(caller);
        });
    }

    @Test
    void whenAMethodMakesAStage_thenItsPartBeforeTheStageRunsOnTheOtherThreadToo() {
        stock.run(context -> {
            Thread caller = Thread.currentThread();
            user.set("ann");

            CompletableFuture<Object> answer = context.getBean(Stock.class).future(() -> {
                assertThat(Thread.currentThread()).isNotSameAs(caller);
                return Optional.of(user.get() + ", " + Deadline.remaining().isPresent());
            });

            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(Optional.of("ann, true"));
        });
    }

    /** Lets all limits be reached, once the caller waits, and hangs until the test is over, whoever interrupts. */
    private String hangDeaf(int waiting) {
        timer.advanceOnce(waiting, waiting == 1 ? Duration.ofSeconds(2) : LIMIT);
        while (true) {
            try {
                end.await();
                return "too late";
            } catch (InterruptedException unheeded) {
                // that is what deaf means
            }
        }
    }

    static class Stock {

        @Timeout("stock")
        public Object call(Callable<?> body) throws Exception {
            return body.call();
        }

        @Timeout("stock")
        public CompletableFuture<Object> future(Callable<?> body) throws Exception {
            return CompletableFuture.completedFuture(body.call());
        }
    }

    static class Tried {

        @Timeout("tried")
        @Retry("tried")
        @Fallback(value = "tried", method = "instead")
        public Object call(Callable<?> body) throws Exception {
            return body.call();
        }

        Object instead(Callable<?> body) {
            return "instead, on " + Thread.currentThread();
        }
    }
}
