package io.steadfast.springcloud.reactive;

import java.util.function.Consumer;
import java.util.function.Function;

import io.steadfast.springcloud.CallSettings;
import io.steadfast.springcloud.CircuitBreakerIds;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;

/**
 * Makes Spring Cloud's reactive circuit breakers of our pipelines: each id is a call that has a circuit breaker and every policy that is
 * configured under its name. A subscription is a call; a retry subscribes to the publisher anew, with the subscriber's {@code Context}.
 * Signals come on the threads that the publisher sends them on.
 *
 * <p>The fallback function given to {@code run} gets every failure, as Spring Cloud promises, but for a {@link VirtualMachineError}. What it
 * answers with follows the elements that a {@code Flux} has emitted already. Customized by beans of type
 * {@code Customizer<ReactiveSteadfastCircuitBreakerFactory>}; what is said here holds for the blocking factory too. Thread-safe.
 */
public final class ReactiveSteadfastCircuitBreakerFactory
        extends ReactiveCircuitBreakerFactory<CallSettings, CallSettings.Builder> {

    private final CircuitBreakerIds ids;

    /**
     * A factory.
     *
     * @param ids the guards, shared with the blocking factory
     */
    public ReactiveSteadfastCircuitBreakerFactory(CircuitBreakerIds ids) {
        this.ids = ids;
    }

    @Override
    public ReactiveCircuitBreaker create(String id) {
        return new ReactivePipelineCircuitBreaker(ids.guard(id, null));
    }

    @Override
    public ReactiveCircuitBreaker create(String id, String groupName) {
        return new ReactivePipelineCircuitBreaker(ids.guard(id, groupName));
    }

    @Override
    public void configure(Consumer<CallSettings.Builder> consumer, String... ids) {
        this.ids.configure(consumer, ids);
    }

    @Override
    public void configureDefault(Function<String, CallSettings> defaultConfiguration) {
        ids.configureDefault(defaultConfiguration);
    }

    @Override
    protected CallSettings.Builder configBuilder(String id) {
        return CallSettings.builder();
    }
}
