package io.steadfast.springcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.spring.NamedCalls;
import io.steadfast.springcloud.reactive.ReactiveSteadfastCircuitBreakerFactory;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ReactiveCircuitBreakerFactoryTests {

    private static final Mono<String> FAILS = Mono.error(new IllegalStateException("down"));

    private static void with(Consumer<ReactiveSteadfastCircuitBreakerFactory> test, String... properties) {
        Applications.runner().withPropertyValues(properties).run(context -> {
            assertThat(context).hasNotFailed();
            test.accept(context.getBean(ReactiveSteadfastCircuitBreakerFactory.class));
        });
    }

    private static Mono<String> named(Throwable failure) {
        return Mono.just(failure.getClass().getSimpleName());
    }

    @Test
    void whenTheMonoAnswers_thenTheAnswerComes() {
        with(factory -> StepVerifier.create(factory.create("stock").run(Mono.just("fine")))
                .expectNext("fine")
                .verifyComplete());
    }

    @Test
    void whenTheMonoIsEmpty_thenItStaysEmpty() {
        with(factory -> StepVerifier.create(
                        factory.create("stock").run(Mono.<String>empty(), ReactiveCircuitBreakerFactoryTests::named))
                .verifyComplete());
    }

    @Test
    void whenTheMonoFails_thenTheFallbackAnswers() {
        with(factory -> StepVerifier.create(
                        factory.create("stock").run(FAILS, failure -> Mono.just("instead of " + failure.getMessage())))
                .expectNext("instead of down")
                .verifyComplete());
    }

    @Test
    void whenThereIsNoFallback_thenTheFailureIsWrappedAsSpringCloudDoes() {
        with(factory -> StepVerifier.create(factory.create("stock").run(FAILS))
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(NoFallbackAvailableException.class)
                        .cause()
                        .hasMessage("down")));
    }

    @Test
    void whenTheBreakerOpens_thenItIsOpenForBlockingCallsOfTheIdToo() {
        Applications.runner().run(context -> {
            ReactiveCircuitBreaker breaker = context.getBean(ReactiveSteadfastCircuitBreakerFactory.class)
                    .create("stock");
            breaker.run(FAILS, ReactiveCircuitBreakerFactoryTests::named).block();
            breaker.run(FAILS, ReactiveCircuitBreakerFactoryTests::named).block();

            assertThat(breaker.run(Mono.just("fine"), ReactiveCircuitBreakerFactoryTests::named)
                            .block())
                    .isEqualTo("CircuitOpenException");
            Object blocking =
                    context.getBean(CircuitBreakerFactory.class).create("stock").run(() -> "fine", failure -> failure);
            assertThat(blocking).isInstanceOf(CircuitOpenException.class);
        });
    }

    @Test
    void whenARetryIsConfigured_thenTheMonoIsSubscribedToAnewWithItsContext() {
        AtomicInteger subscriptions = new AtomicInteger();
        Applications.runner()
                .withPropertyValues(
                        "resilience.retry.instances.stock.max-attempts=2",
                        "resilience.retry.instances.stock.wait-duration=0")
                .run(context -> {
                    ReactiveCircuitBreaker breaker = context.getBean(ReactiveSteadfastCircuitBreakerFactory.class)
                            .create("stock");
                    Mono<String> flaky = Mono.deferContextual(view -> subscriptions.incrementAndGet() == 1
                            ? Mono.error(new IllegalStateException("down"))
                            : Mono.just(view.get("user").toString()));

                    StepVerifier.create(breaker.run(flaky, ReactiveCircuitBreakerFactoryTests::named)
                                    .contextWrite(view -> view.put("user", "ada")))
                            .then(() -> context.getBean(ManualTimer.class).advance(Duration.ofMillis(1)))
                            .expectNext("ada")
                            .verifyComplete();
                });
        assertThat(subscriptions).hasValue(2);
    }

    @Test
    void whenACallIsMade_thenItRunsOnTheSubscribersThread() {
        List<Thread> threads = new ArrayList<>();
        with(factory -> factory.create("stock")
                .run(
                        Mono.fromRunnable(() -> threads.add(Thread.currentThread())),
                        ReactiveCircuitBreakerFactoryTests::named)
                .block());
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void whenACallIsCancelled_thenItIsCancelledAndCountsForNothing() {
        with(factory -> {
            ReactiveCircuitBreaker breaker = factory.create("stock");
            AtomicInteger cancelled = new AtomicInteger();
            Mono<String> never = Mono.<String>never().doOnCancel(cancelled::incrementAndGet);
            for (int call = 0; call < 5; call++) {
                breaker.run(never, ReactiveCircuitBreakerFactoryTests::named)
                        .subscribe()
                        .dispose();
            }

            assertThat(cancelled).hasValue(5);
            assertThat(breaker.run(Mono.just("fine"), ReactiveCircuitBreakerFactoryTests::named)
                            .block())
                    .isEqualTo("fine");
        });
    }

    @Test
    void whenAFluxFails_thenTheFallbackFollowsWhatWasEmitted() {
        with(factory -> StepVerifier.create(factory.create("stock")
                        .run(
                                Flux.just("one").concatWith(Flux.error(new IllegalStateException("down"))),
                                failure -> Flux.just("instead")))
                .expectNext("one", "instead")
                .verifyComplete());
    }

    @Test
    void whenTheBreakerIsOpen_thenAFluxIsRefusedToo() {
        with(factory -> {
            ReactiveCircuitBreaker breaker = factory.create("stock");
            Flux<String> fails = Flux.error(new IllegalStateException("down"));
            breaker.run(fails, failure -> Flux.empty()).blockLast();
            breaker.run(fails, failure -> Flux.empty()).blockLast();

            StepVerifier.create(breaker.run(
                            Flux.just("fine"), failure -> named(failure).flux()))
                    .expectNext("CircuitOpenException")
                    .verifyComplete();
        });
    }

    @Test
    void whenAnErrorIsThrown_thenTheFallbackGetsIt() {
        with(factory -> StepVerifier.create(factory.create("stock")
                        .run(Mono.<String>error(new AssertionError("no")), ReactiveCircuitBreakerFactoryTests::named))
                .expectNext("AssertionError")
                .verifyComplete());
    }

    @Test
    void whenAGroupIsGiven_thenItsSettingsHold() {
        with(
                factory -> {
                    ReactiveCircuitBreaker breaker = factory.create("read", "stock-client");
                    breaker.run(FAILS, ReactiveCircuitBreakerFactoryTests::named)
                            .block();

                    assertThat(breaker.run(Mono.just("fine"), ReactiveCircuitBreakerFactoryTests::named)
                                    .block())
                            .isEqualTo("CircuitOpenException");
                },
                "resilience.circuit-breaker.instances.stock-client.minimum-number-of-calls=1");
    }

    @Test
    void whenCodeConfiguresTheReactiveFactory_thenItHoldsForTheId() {
        Applications.runner().run(context -> {
            ReactiveSteadfastCircuitBreakerFactory factory =
                    context.getBean(ReactiveSteadfastCircuitBreakerFactory.class);
            factory.configureDefault(
                    id -> CallSettings.builder().retry("max-attempts", 2).build());
            factory.configure(settings -> settings.timeout(Duration.ofSeconds(1)), "stock");

            factory.create("stock");

            assertThat(context.getBean(CircuitBreakerIds.class)
                            .guard("stock", null)
                            .request()
                            .policies())
                    .containsExactlyInAnyOrder("circuit-breaker", "retry", "timeout");
            assertThat(context).hasSingleBean(NamedCalls.class);
        });
    }
}
