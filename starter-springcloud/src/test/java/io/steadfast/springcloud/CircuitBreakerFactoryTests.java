package io.steadfast.springcloud;

import static io.steadfast.springcloud.Breakers.FAILS;
import static io.steadfast.springcloud.Breakers.factory;
import static io.steadfast.springcloud.Breakers.pipeline;
import static io.steadfast.springcloud.Breakers.third;
import static io.steadfast.springcloud.Breakers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;

class CircuitBreakerFactoryTests {

    @Test
    void whenTheCallAnswers_thenTheAnswerComesBack() {
        with(factory -> assertThat(factory.create("stock").run(() -> "fine")).isEqualTo("fine"));
    }

    @Test
    void whenTheCallAnswersNull_thenNullComesBack() {
        with(factory -> assertThat(factory.create("stock").<String>run(() -> null, Breakers::nameOf))
                .isNull());
    }

    @Test
    void whenTheCallFails_thenTheFallbackGetsTheFailureItself() {
        with(factory -> assertThat(factory.create("stock").run(FAILS, Throwable::getMessage))
                .isEqualTo("down"));
    }

    @Test
    void whenThereIsNoFallback_thenTheFailureIsWrappedAsSpringCloudDoes() {
        with(factory -> assertThatThrownBy(() -> factory.create("stock").run(FAILS))
                .isInstanceOf(NoFallbackAvailableException.class)
                .cause()
                .hasMessage("down"));
    }

    @Test
    void whenTheBreakerIsOpen_thenTheFallbackGetsTheRefusal() {
        with(factory ->
                assertThat(third(factory.create("stock"))).isEqualTo(CircuitOpenException.class.getSimpleName()));
    }

    @Test
    void whenItsTimeIsUp_thenTheBreakerCloses() {
        Applications.runner().run(context -> {
            CircuitBreaker breaker = factory(context).create("stock");
            third(breaker);

            context.getBean(ManualTimer.class).advance(Duration.ofSeconds(5));

            assertThat(breaker.run(() -> "fine", Breakers::nameOf)).isEqualTo("fine");
        });
    }

    @Test
    void whenAnErrorIsThrown_thenTheFallbackGetsIt() {
        with(factory -> assertThat(factory.create("stock")
                        .<String>run(
                                () -> {
                                    throw new AssertionError("no");
                                },
                                Breakers::nameOf))
                .isEqualTo("AssertionError"));
    }

    @Test
    void whenTheMachineIsBroken_thenNoFallbackHidesIt() {
        with(factory -> assertThatThrownBy(() -> factory.create("stock")
                        .<String>run(
                                () -> {
                                    throw new OutOfMemoryError("none left");
                                },
                                Breakers::nameOf))
                .isInstanceOf(OutOfMemoryError.class));
    }

    @Test
    void whenTheFallbackFails_thenItsFailureComesBack() {
        with(factory -> assertThatThrownBy(() -> factory.create("stock").<String>run(FAILS, failure -> {
                    throw new UnsupportedOperationException("none here either");
                }))
                .isInstanceOf(UnsupportedOperationException.class));
    }

    @Test
    void whenACallIsMade_thenItAndItsFallbackRunOnTheCallersThread() {
        List<Thread> threads = new ArrayList<>();
        with(factory -> factory.create("stock")
                .run(
                        () -> {
                            threads.add(Thread.currentThread());
                            throw new IllegalStateException("down");
                        },
                        failure -> threads.add(Thread.currentThread())));
        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void whenNothingIsConfigured_thenTheBreakerIsAllThereIs() {
        Applications.runner().run(context -> {
            factory(context).create("stock");

            assertThat(pipeline(context, "stock")).containsExactly("circuit-breaker");
        });
    }

    @Test
    void whenPoliciesAreConfiguredUnderTheId_thenTheyJoin() {
        Applications.runner()
                .withPropertyValues(
                        "resilience.retry.instances.stock.max-attempts=3",
                        "resilience.retry.instances.stock.wait-duration=0",
                        "resilience.bulkhead.instances.stock.max-concurrent-calls=2")
                .run(context -> {
                    AtomicInteger calls = new AtomicInteger();

                    factory(context)
                            .create("stock")
                            .run(
                                    () -> {
                                        calls.incrementAndGet();
                                        throw new IllegalStateException("down");
                                    },
                                    Breakers::nameOf);

                    assertThat(pipeline(context, "stock")).containsExactly("retry", "circuit-breaker", "bulkhead");
                    assertThat(calls).hasValue(2); // the third meets the breaker that opened
                });
    }

    @Test
    void whenTheSameIdIsAskedForAgain_thenItIsTheSameBreaker() {
        with(factory -> {
            third(factory.create("stock"));

            assertThat(factory.create("stock").run(() -> "fine", Breakers::nameOf))
                    .isEqualTo("CircuitOpenException");
            assertThat(factory.create("price").run(() -> "fine", Breakers::nameOf))
                    .isEqualTo("fine");
        });
    }

    @Test
    void whenTheFrameworkIsSwitchedOff_thenCallsPassAndTheFallbackStillAnswers() {
        with(factory -> assertThat(third(factory.create("stock"))).isEqualTo("fine"), "resilience.enabled=false");
    }

    @Test
    void whenTheApplicationHasAFactory_thenItWins() {
        Applications.runner()
                .withBean(OwnFactory.class)
                .run(context ->
                        assertThat(context.getBean(CircuitBreakerFactory.class)).isInstanceOf(OwnFactory.class));
    }

    static class OwnFactory extends CircuitBreakerFactory<CallSettings, CallSettings.Builder> {

        @Override
        public CircuitBreaker create(String id) {
            throw new UnsupportedOperationException(id);
        }

        @Override
        protected CallSettings.Builder configBuilder(String id) {
            return CallSettings.builder();
        }

        @Override
        public void configureDefault(java.util.function.Function<String, CallSettings> defaultConfiguration) {}
    }

    @Test
    void whenReactorIsAbsent_thenTheBlockingFactoryWorks() {
        Applications.runner()
                .withClassLoader(new FilteredClassLoader("reactor", "org.reactivestreams"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(ReactiveCircuitBreakerFactory.class);
                    assertThat(factory(context).create("stock").run(() -> "fine"))
                            .isEqualTo("fine");
                });
    }

    @Test
    void whenSpringCloudContextAndActuatorAreAbsent_thenTheFactoriesWork() {
        Applications.runner()
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.cloud.context",
                        "org.springframework.cloud.gateway",
                        "org.springframework.boot.actuate",
                        "io.micrometer"))
                .run(context ->
                        assertThat(third(factory(context).create("stock"))).isEqualTo("CircuitOpenException"));
    }

    @Test
    void whenInterrupted_thenTheFallbackIsAskedAndTheThreadRemembers() {
        with(factory -> {
            Throwable failure = catchThrowable(() -> factory.create("stock")
                    .<String>run(
                            () -> {
                                Thread.currentThread().interrupt();
                                throw new IllegalStateException("interrupted");
                            },
                            Breakers::nameOf));
            assertThat(failure).isNull();
            assertThat(Thread.interrupted()).isTrue();
        });
    }
}
