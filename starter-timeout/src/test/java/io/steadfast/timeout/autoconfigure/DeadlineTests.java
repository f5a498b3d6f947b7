package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.retry.Retry;
import io.steadfast.spring.autoconfigure.ResilienceContextAutoConfiguration;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.timeout.Timeout;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The time a call has left belongs to what it calls, too. */
class DeadlineTests {

    private final ApplicationContextRunner application = Application.with(Page.class, Stock.class)
            .withPropertyValues("resilience.timeout.instances.page.total=1s")
            .withPropertyValues("resilience.timeout.instances.stock.limit=800ms");

    private final List<Optional<Duration>> left = new ArrayList<>();

    @Test
    void whenAGuardedCallIsInsideAnother_thenTheSmallerOfLimitAndDeadlineCounts() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            Stock stock = context.getBean(Stock.class);

            context.getBean(Page.class).plain(() -> {
                look();
                stock.plain(this::look);
                timer.advance(Duration.ofMillis(900));
                look();
                stock.plain(this::look);
                return look();
            });
            look();

            assertThat(left)
                    .containsExactly(
                            Optional.of(Duration.ofSeconds(1)),
                            Optional.of(Duration.ofMillis(800)),
                            Optional.of(Duration.ofMillis(100)),
                            Optional.of(Duration.ofMillis(100)),
                            Optional.of(Duration.ofMillis(100)),
                            Optional.empty());
        });
    }

    @Test
    void whenTheInheritedTimeIsUpFirst_thenTheCallInsideEndsWithIt() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            Stock stock = context.getBean(Stock.class);
            long start = timer.ticker().nanos();

            CallTimeoutException timeout = catchThrowableOfType(
                    CallTimeoutException.class,
                    () -> context.getBean(Page.class).plain(() -> {
                        timer.advance(Duration.ofMillis(900));
                        stock.plain(() -> {
                            timer.sleep(Duration.ofSeconds(5).toNanos());
                            return "never";
                        });
                        return "never";
                    }));

            assertThat(timeout.callName()).isEqualTo("page");
            assertThat(Duration.ofNanos(timer.ticker().nanos() - start)).isEqualTo(Duration.ofSeconds(1));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(timer.pendingTasks()).isZero();
        });
    }

    @Test
    void whenNothingIsLeft_thenTheCallInsideIsRefusedBeforeItIsSent() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            Stock stock = context.getBean(Stock.class);
            AtomicInteger sent = new AtomicInteger();
            List<Throwable> refusals = new ArrayList<>();

            Throwable thrown = catchThrowable(() -> context.getBean(Page.class).plain(() -> {
                timer.advance(Duration.ofSeconds(1));
                refusals.add(catchThrowable(() -> stock.plain(sent::incrementAndGet)));
                refusals.add(catchThrowable(
                        () -> stock.future(() -> CompletableFuture.completedFuture(sent.incrementAndGet()))
                                .join()));
                refusals.add(catchThrowable(() ->
                        stock.mono(Mono.fromCallable(sent::incrementAndGet)).block()));
                return "too late";
            }));

            assertThat(sent).hasValue(0);
            assertThat(refusals).hasSize(3);
            assertThat(refusals.get(0)).isInstanceOf(DeadlineExceededException.class);
            assertThat(refusals.get(1))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(DeadlineExceededException.class);
            assertThat(refusals.get(2)).isInstanceOf(DeadlineExceededException.class);
            assertThat(refusals.get(0)).hasMessage("Call 'stock' was refused: its deadline leaves no time");
            assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void whenAStageGoesOnToAGuardedCall_thenTheDeadlineOfTheStagesCallHoldsThere() {
        application.run(context -> {
            Page page = context.getBean(Page.class);
            Stock stock = context.getBean(Stock.class);
            CompletableFuture<Object> first = new CompletableFuture<>();

            CompletableFuture<Object> answer = page.future(() -> stock.future(() -> {
                        look();
                        return first;
                    })
                    .thenCompose(any -> stock.future(() -> CompletableFuture.completedFuture(look()))));
            context.getBean(ManualTimer.class).advance(Duration.ofMillis(600));
            first.complete("first");
            look();

            assertThat(answer).isCompleted();
            assertThat(left)
                    .containsExactly(
                            Optional.of(Duration.ofMillis(800)), Optional.of(Duration.ofMillis(400)), Optional.empty());
        });
    }

    @Test
    void whenARetrysWaitDoesNotFit_thenItFailsAtOnceWithTheTargetsFailureAndSaysSo() {
        Application.with(Tried.class)
                .withPropertyValues("resilience.timeout.instances.tried.total=1s")
                .withPropertyValues("resilience.retry.instances.tried.wait-duration=600ms")
                .withPropertyValues("resilience.retry.instances.tried.jitter=none")
                .run(context -> {
                    Tried tried = context.getBean(Tried.class);
                    ManualTimer timer = context.getBean(ManualTimer.class);
                    RecordingListener listener = context.getBean(RecordingListener.class);

                    IOException plain = catchThrowableOfType(IOException.class, tried::plain);
                    abandoned(plain, listener, timer, 1);
                    CompletableFuture<Integer> future = tried.future();
                    timer.advance(Duration.ofMillis(600));
                    abandoned(future.handle((answer, failure) -> failure).join(), listener, timer, 2);
                    List<Throwable> heard = new ArrayList<>();
                    tried.mono().subscribe(any -> {}, heard::add);
                    timer.advance(Duration.ofMillis(600));
                    abandoned(heard.get(0), listener, timer, 3);
                });
    }

    private static void abandoned(Throwable failure, RecordingListener listener, ManualTimer timer, int times) {
        assertThat(failure).isInstanceOf(IOException.class).hasMessage("attempt 2");
        assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(DeadlineExceededException.class);
        assertThat(listener.events())
                .filteredOn(event -> event.kind() == Kind.RETRY_ABANDONED)
                .hasSize(times)
                .extracting(PolicyEvent::detail)
                .last()
                .isEqualTo("the next attempt, in 1200 ms, would begin after the deadline, in 400 ms");
        assertThat(timer.pendingTasks()).isZero();
    }

    @Test
    void whenAnAsyncMethodsExecutorPropagatesContexts_thenTheDeadlineHoldsThere() {
        Application.with(AsyncApplication.class, Page.class, Stock.class, Later.class)
                .withConfiguration(AutoConfigurations.of(ResilienceContextAutoConfiguration.class))
                .withPropertyValues("resilience.timeout.instances.page.total=1s")
                .withPropertyValues("resilience.timeout.instances.stock.limit=2s")
                .run(context -> {
                    Later later = context.getBean(Later.class);
                    Thread caller = Thread.currentThread();

                    CompletableFuture<Object> answer = context.getBean(Page.class)
                            .future(() -> later.run(() -> {
                                assertThat(Thread.currentThread()).isNotSameAs(caller);
                                return look();
                            }));

                    assertThat(answer.join()).isEqualTo(Optional.of(Duration.ofSeconds(1)));
                });
    }

    @Test
    void whenReactorPropagatesContexts_thenAPlainGuardedCallInsideAPublisherInheritsTheDeadline() {
        Hooks.enableAutomaticContextPropagation();
        try {
            application.run(context -> {
                Stock stock = context.getBean(Stock.class);
                ManualTimer timer = context.getBean(ManualTimer.class);
                Sinks.One<Object> source = Sinks.one();
                List<Object> heard = new ArrayList<>();

                stock.mono(source.asMono().map(any -> quietly(() -> stock.plain(this::look))))
                        .subscribe(heard::add);
                timer.advance(Duration.ofMillis(300));
                source.tryEmitValue("any");

                assertThat(heard).containsExactly(Optional.of(Duration.ofMillis(500)));
                assertThat(Deadline.current()).isEmpty();
            });
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
    }

    private static Object quietly(Callable<?> body) {
        try {
            return body.call();
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private Object look() {
        Optional<Duration> seen = Deadline.remaining();
        left.add(seen);
        return seen;
    }

    static class Page {

        @Timeout("page")
        public Object plain(Callable<?> body) throws Exception {
            return body.call();
        }

        @Timeout("page")
        public CompletableFuture<Object> future(Callable<CompletableFuture<Object>> body) throws Exception {
            return body.call();
        }
    }

    static class Stock {

        @Timeout("stock")
        public Object plain(Callable<?> body) throws Exception {
            return body.call();
        }

        @Timeout("stock")
        public CompletableFuture<Object> future(Supplier<CompletableFuture<Object>> body) {
            return body.get();
        }

        @Timeout("stock")
        public Mono<Object> mono(Mono<Object> own) {
            return own;
        }
    }

    static class Tried {

        private int attempts;

        @Timeout("tried")
        @Retry("tried")
        public int plain() throws IOException {
            throw new IOException("attempt " + (attempts++ % 2 + 1));
        }

        @Timeout("tried")
        @Retry("tried")
        public CompletableFuture<Integer> future() throws IOException {
            return CompletableFuture.failedFuture(new IOException("attempt " + (attempts++ % 2 + 1)));
        }

        @Timeout("tried")
        @Retry("tried")
        public Mono<Integer> mono() {
            return Mono.error(new IOException("attempt " + (attempts++ % 2 + 1)));
        }
    }

    static class Later {

        private final Stock stock;

        Later(Stock stock) {
            this.stock = stock;
        }

        @Async
        public CompletableFuture<Object> run(Callable<?> body) throws Exception {
            return CompletableFuture.completedFuture(stock.plain(body));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class AsyncApplication {

        @Bean
        TaskExecutor taskExecutor() {
            SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("async-");
            executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
            return executor;
        }
    }
}
