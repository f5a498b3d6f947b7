package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Outcome;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.timeout.Timeout;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** {@code @Timeout} on methods that return a {@code Mono} or a {@code Flux}. */
class PublisherMethodTests {

    private static final Duration LIMIT = Duration.ofMillis(800);

    private final ApplicationContextRunner application = Application.with(Stock.class)
            .withPropertyValues("resilience.timeout.instances.stock.limit=800ms")
            .withPropertyValues("resilience.timeout.instances.page.total=500ms");

    private final AtomicInteger cancellations = new AtomicInteger();

    private final List<Object> heard = new ArrayList<>();

    @Test
    void whenAMonoTakesTooLong_thenItsSubscriptionIsCancelled() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            hear(context.getBean(Stock.class).mono(Mono.<Integer>never().doOnCancel(cancellations::incrementAndGet)));

            timer.advance(LIMIT.minusNanos(1));
            assertThat(heard).isEmpty();
            timer.advance(Duration.ofNanos(1));

            assertThat(cancellations).hasValue(1);
            assertThat(heard).hasOnlyElementsOfType(CallTimeoutException.class).hasSize(1);
            assertThat(timer.pendingTasks()).isZero();
            assertThat(context.getBean(RecordingListener.class).outcomes()).containsExactly(Outcome.TIMEOUT);
            assertThat(Application.stillRunning(context.getBean(MeterRegistry.class), "stock"))
                    .isZero();
        });
    }

    @Test
    void whenNobodySubscribes_thenNothingIsTimed() {
        application.run(context -> {
            Mono<Integer> answer = context.getBean(Stock.class).mono(Mono.just(7));
            context.getBean(ManualTimer.class).advance(LIMIT);

            hear(answer);

            assertThat(heard).containsExactly(7, "complete");
        });
    }

    @Test
    void whenAFluxTakesTooLong_thenItsSubscriberHasTheElementsAndTheTimeout() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            Sinks.Many<Integer> source = Sinks.many().unicast().onBackpressureBuffer();
            hear(context.getBean(Stock.class).flux(source.asFlux().doOnCancel(cancellations::incrementAndGet)));

            source.tryEmitNext(1);
            timer.advance(LIMIT.minusNanos(1));
            source.tryEmitNext(2);
            timer.advance(Duration.ofNanos(1));

            assertThat(cancellations).hasValue(1);
            assertThat(heard).hasSize(3).startsWith(1, 2);
            assertThat(heard.get(2)).isInstanceOf(CallTimeoutException.class);
            assertThat(timer.pendingTasks()).isZero();
        });
    }

    @Test
    void whenASubscriberCancels_thenNothingTimesOut() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            context.getBean(Stock.class)
                    .mono(Mono.<Integer>never().doOnCancel(cancellations::incrementAndGet))
                    .subscribe()
                    .dispose();

            assertThat(cancellations).hasValue(1);
            assertThat(timer.pendingTasks()).isZero();
            assertThat(context.getBean(RecordingListener.class).outcomes()).containsExactly(Outcome.CANCELLED);
        });
    }

    @Test
    void whenAGuardedPublisherIsInsideAnother_thenTheContextCarriesTheSmallerDeadline() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            ManualTimer timer = context.getBean(ManualTimer.class);
            List<Duration> left = new ArrayList<>();
            Mono<Integer> reads = Mono.deferContextual(inside -> {
                left.add(inside.<Deadline>get(Deadline.CONTEXT_KEY).left());
                return Mono.just(7);
            });

            hear(stock.page(Mono.defer(() -> {
                timer.advance(Duration.ofMillis(100));
                return stock.mono(reads);
            })));
            hear(stock.mono(reads));

            assertThat(left).containsExactly(Duration.ofMillis(400), LIMIT);
            assertThat(heard).containsExactly(7, "complete", 7, "complete");
        });
    }

    @Test
    void whenNothingIsLeft_thenAGuardedPublisherInsideIsRefusedBeforeItIsSubscribedTo() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            AtomicInteger subscriptions = new AtomicInteger();
            Mono<Integer> counted = Mono.fromCallable(subscriptions::incrementAndGet);
            Deadline over = Deadline.in(
                    Duration.ZERO, context.getBean(ManualTimer.class).ticker());

            hear(stock.mono(counted).contextWrite(outside -> outside.put(Deadline.CONTEXT_KEY, over)));

            assertThat(subscriptions).hasValue(0);
            assertThat(heard)
                    .hasOnlyElementsOfType(DeadlineExceededException.class)
                    .hasSize(1);
        });
    }

    private void hear(Publisher<Integer> answer) {
        Flux.from(answer).subscribe(heard::add, heard::add, () -> heard.add("complete"));
    }

    static class Stock {

        @Timeout("stock")
        public Mono<Integer> mono(Mono<Integer> own) {
            return own;
        }

        @Timeout("stock")
        public Flux<Integer> flux(Flux<Integer> own) {
            return own;
        }

        @Timeout("page")
        public Mono<Integer> page(Mono<Integer> own) {
            return own;
        }
    }
}
