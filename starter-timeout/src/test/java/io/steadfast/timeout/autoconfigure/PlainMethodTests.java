package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.timeout.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** {@code @Timeout} on methods that return no stage and no publisher. */
class PlainMethodTests {

    private static final Duration LIMIT = Duration.ofMillis(800);

    private final ApplicationContextRunner application =
            Application.with(Stock.class).withPropertyValues("resilience.timeout.instances.stock.limit=800ms");

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void whenAMethodAnswersInTime_thenItHasRunOnItsCallersThread() {
        application.run(context -> {
            ThreadLocal<String> transaction = ThreadLocal.withInitial(() -> "none");
            transaction.set("begun by the caller");

            String seen = context.getBean(Stock.class).answer(() -> Thread.currentThread() + " " + transaction.get());

            assertThat(seen).isEqualTo(Thread.currentThread() + " begun by the caller");
            assertThat(context.getBean(ManualTimer.class).pendingTasks()).isZero();
        });
    }

    @Test
    void whenTheTimeIsUp_thenTheMethodIsInterruptedAndTheFlagIsAsBefore() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            long start = timer.ticker().nanos();

            assertThatExceptionOfType(CallTimeoutException.class)
                    .isThrownBy(() -> context.getBean(Stock.class).wait(Duration.ofSeconds(5)))
                    .withMessage("Call 'stock' did not answer within its limit of 800 ms")
                    .satisfies(timeout -> assertThat(timeout.limit()).isEqualTo(LIMIT))
                    .satisfies(timeout ->
                            assertThat(timeout.getSuppressed()).hasOnlyElementsOfType(InterruptedException.class));

            assertThat(timer.ticker().nanos() - start).isEqualTo(LIMIT.toNanos());
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(timer.pendingTasks()).isZero();
            assertThat(context.getBean(RecordingListener.class).outcomes()).containsExactly(Outcome.TIMEOUT);
        });
    }

    @Test
    void whenAMethodReturnsAnOptionalOrNothing_thenItIsLimitedAlike() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);

            assertThat(stock.find(Duration.ZERO)).contains(7);
            assertThat(catchThrowable(() -> stock.find(LIMIT))).isInstanceOf(CallTimeoutException.class);
            stock.reserve(Duration.ZERO);
            assertThat(catchThrowable(() -> stock.reserve(LIMIT))).isInstanceOf(CallTimeoutException.class);
            assertThat(stock.count(Duration.ZERO)).isEqualTo(7);
            assertThat(catchThrowable(() -> stock.count(LIMIT))).isInstanceOf(CallTimeoutException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    @Test
    void whenAClientWrapsTheInterrupt_thenItIsATimeoutWithTheClientsFailureSuppressed() {
        application.run(context -> {
            IOException wrapped = new IOException("connection lost", new ClosedByInterruptException());
            ManualTimer timer = context.getBean(ManualTimer.class);

            Throwable thrown = catchThrowable(() -> context.getBean(Stock.class).answer(() -> {
                timer.advance(LIMIT);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                throw wrapped;
            }));

            assertThat(thrown).isInstanceOf(CallTimeoutException.class).hasSuppressedException(wrapped);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    @Test
    void whenCodeIgnoresTheInterrupt_thenItIsATimeoutWhenItReturnsAndCountsAsStillRunningUntilThen() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            List<Double> seen = new ArrayList<>();

            Throwable thrown = catchThrowable(() -> context.getBean(Stock.class).answer(() -> {
                timer.advance(LIMIT.minusNanos(1));
                seen.add(Application.stillRunning(meters, "stock"));
                timer.advance(LIMIT);
                seen.add(Application.stillRunning(meters, "stock"));
                return "too late";
            }));

            assertThat(thrown).isInstanceOf(CallTimeoutException.class);
            assertThat(seen).containsExactly(0.0, 1.0);
            assertThat(Application.stillRunning(meters, "stock")).isZero();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    @Test
    void whenCodeIsDeafBeyondBothLimits_thenTheGaugeCountsItOnce() {
        application
                .withPropertyValues("resilience.timeout.instances.stock.total=1s")
                .run(context -> {
                    ManualTimer timer = context.getBean(ManualTimer.class);
                    MeterRegistry meters = context.getBean(MeterRegistry.class);

                    Throwable thrown =
                            catchThrowable(() -> context.getBean(Stock.class).answer(() -> {
                                timer.advance(Duration.ofSeconds(2));
                                return "running on: " + Application.stillRunning(meters, "stock");
                            }));

                    assertThat(thrown).isInstanceOf(CallTimeoutException.class);
                    assertThat(Application.stillRunning(meters, "stock")).isZero();
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                });
    }

    @Test
    void whenSomebodyElseInterrupts_thenItIsNoTimeoutAndTheCallerHearsOfIt() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);

            Thread.currentThread().interrupt();
            assertThat(catchThrowable(() -> stock.wait(Duration.ofMillis(1)))).isInstanceOf(InterruptedException.class);
            String answer = stock.answer(() -> {
                Thread.currentThread().interrupt();
                return "in time";
            });

            assertThat(answer).isEqualTo("in time");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(context.getBean(RecordingListener.class).outcomes())
                    .containsExactly(Outcome.CANCELLED, Outcome.SUCCESS);
        });
    }

    @Test
    void whenAFailureComesInTime_thenItIsItself() {
        application.run(context -> {
            IOException down = new IOException("down");

            assertThat(catchThrowable(() -> context.getBean(Stock.class).answer(() -> {
                        throw down;
                    })))
                    .isSameAs(down);
            assertThat(down.getSuppressed()).isEmpty();
        });
    }

    @Test
    void whenATotalIsSet_thenItBoundsAttemptsAndWaitsTogether() {
        Application.with(Tried.class)
                .withPropertyValues("resilience.timeout.instances.tried.limit=800ms")
                .withPropertyValues("resilience.timeout.instances.tried.total=2s")
                .withPropertyValues("resilience.retry.instances.tried.max-attempts=2")
                .withPropertyValues("resilience.retry.instances.tried.wait-duration=700ms")
                .withPropertyValues("resilience.retry.instances.tried.jitter=none")
                .run(context -> {
                    ManualTimer timer = context.getBean(ManualTimer.class);
                    Tried tried = context.getBean(Tried.class);
                    long start = timer.ticker().nanos();

                    tried.tried(Duration.ofSeconds(5));

                    assertThat(tried.left())
                            .as("what each attempt had left")
                            .containsExactly(Duration.ofMillis(800), Duration.ofMillis(500));
                    assertThat(Duration.ofNanos(timer.ticker().nanos() - start)).isEqualTo(Duration.ofSeconds(2));
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    assertThat(timer.pendingTasks()).isZero();
                });
    }

    @Test
    void whenTheTotalIsUp_thenTheFallbackIsAskedAndNoFurtherAttemptMade() {
        Application.with(Tried.class)
                .withPropertyValues("resilience.timeout.instances.tried.total=1s")
                .run(context -> {
                    Tried tried = context.getBean(Tried.class);

                    assertThat(tried.tried(Duration.ofSeconds(5)))
                            .isEqualTo("instead of: Call 'tried' did not answer within its limit of 1000 ms");
                    assertThat(tried.left()).hasSize(1);
                    RecordingListener listener = context.getBean(RecordingListener.class);
                    assertThat(listener.kinds()).containsExactly(Kind.TIMED_OUT, Kind.FALLBACK_USED);
                    assertThat(listener.events().get(0).policy()).isEqualTo(new PolicyId("timeout.total", "tried"));
                });
    }

    static class Stock {

        private final ManualTimer timer;

        Stock(ManualTimer timer) {
            this.timer = timer;
        }

        @Timeout("stock")
        public String answer(Body body) throws Exception {
            return body.run();
        }

        @Timeout("stock")
        public String wait(Duration time) throws InterruptedException {
            timer.sleep(time.toNanos());
            return "waited";
        }

        @Timeout("stock")
        public Optional<Integer> find(Duration time) throws InterruptedException {
            timer.sleep(time.toNanos());
            return Optional.of(7);
        }

        @Timeout("stock")
        public void reserve(Duration time) throws InterruptedException {
            timer.sleep(time.toNanos());
        }

        @Timeout("stock")
        public int count(Duration time) throws InterruptedException {
            timer.sleep(time.toNanos());
            return 7;
        }
    }

    static class Tried {

        private final ManualTimer timer;

        private final List<Duration> left = new ArrayList<>();

        Tried(ManualTimer timer) {
            this.timer = timer;
        }

        @Timeout("tried")
        @Retry("tried")
        @Fallback(value = "tried", method = "instead")
        public String tried(Duration time) throws InterruptedException {
            left.add(Deadline.remaining().orElseThrow());
            timer.sleep(time.toNanos());
            return "waited";
        }

        List<Duration> left() {
            return left;
        }

        String instead(Duration time, CallTimeoutException failure) {
            return "instead of: " + failure.getMessage();
        }
    }

    interface Body {
        String run() throws Exception;
    }
}
