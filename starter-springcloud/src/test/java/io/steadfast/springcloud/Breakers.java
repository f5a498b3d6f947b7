package io.steadfast.springcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.steadfast.core.PolicyId;
import io.steadfast.spring.CallCatalogue;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;

/** What tests of circuit breakers have in common. */
final class Breakers {

    private Breakers() {}

    static final Supplier<String> FAILS = () -> {
        throw new IllegalStateException("down");
    };

    static SteadfastCircuitBreakerFactory factory(AssertableApplicationContext context) {
        return (SteadfastCircuitBreakerFactory) context.getBean(CircuitBreakerFactory.class);
    }

    static void with(Consumer<SteadfastCircuitBreakerFactory> test, String... properties) {
        Applications.runner().withPropertyValues(properties).run(context -> {
            assertThat(context).hasNotFailed();
            test.accept(factory(context));
        });
    }

    static String nameOf(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    /** What two failures and a third call end with. */
    static String third(CircuitBreaker breaker) {
        breaker.run(FAILS, Breakers::nameOf);
        breaker.run(FAILS, Breakers::nameOf);
        return breaker.run(() -> "fine", Breakers::nameOf);
    }

    static List<String> pipeline(AssertableApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class).find(call).orElseThrow().pipeline().stream()
                .map(policy -> policy.id())
                .map(PolicyId::policy)
                .toList();
    }

    static String second(CircuitBreaker breaker) {
        breaker.run(FAILS, Breakers::nameOf);
        return breaker.run(() -> "fine", Breakers::nameOf);
    }
}
