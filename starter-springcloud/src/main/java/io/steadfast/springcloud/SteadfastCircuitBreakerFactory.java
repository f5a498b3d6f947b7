package io.steadfast.springcloud;

import java.util.function.Consumer;
import java.util.function.Function;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;

/**
 * Makes Spring Cloud's circuit breakers of our pipelines: each id is a call that has a circuit breaker and every policy that is
 * configured under its name. Calls run on the caller's thread, and no policy joins that nobody asked for.
 *
 * <p>The fallback function given to {@code run} gets every failure, as Spring Cloud promises: refusals, timeouts, what the caller itself
 * did wrong, {@code Error}s too, but for a {@link VirtualMachineError}. Customized by beans of type
 * {@code Customizer<SteadfastCircuitBreakerFactory>}. Thread-safe.
 */
public final class SteadfastCircuitBreakerFactory extends CircuitBreakerFactory<CallSettings, CallSettings.Builder> {

    private final CircuitBreakerIds ids;

    /**
     * A factory.
     *
     * @param ids the guards, shared with the reactive factory
     */
    public SteadfastCircuitBreakerFactory(CircuitBreakerIds ids) {
        this.ids = ids;
    }

    @Override
    public CircuitBreaker create(String id) {
        return new PipelineCircuitBreaker(ids.guard(id, null));
    }

    @Override
    public CircuitBreaker create(String id, String groupName) {
        return new PipelineCircuitBreaker(ids.guard(id, groupName));
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
