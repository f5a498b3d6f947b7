package io.steadfast.circuitbreaker.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerProperties.Settings;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** What becomes of a breaker, and of its place in the registry, when its settings change. */
class CircuitBreakerPolicyProviderTests {

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

    private final BreakerPolicies policies = new BreakerPolicies();

    private final CircuitBreakerPolicyProvider provider = new CircuitBreakerPolicyProvider(registry, policies);

    @Test
    void whenSettingsChange_thenTheRegistryIsLeftAloneUntilTheSuccessorTakesOver() {
        AtomicInteger watched = new AtomicInteger();
        policies.watch(policy -> watched.incrementAndGet());
        CircuitBreakerPolicy first = (CircuitBreakerPolicy) provider.create(request(settings -> {}));
        first.forceOpen();
        var entry = registry.circuitBreaker("stock");

        Succession change = provider.succeed(request(settings -> settings.setFailureRateThreshold(30)), first);
        assertThat(entry.getCircuitBreakerConfig().getFailureRateThreshold()).isEqualTo(50);
        change.takeOver().run();

        assertThat(entry.getCircuitBreakerConfig().getFailureRateThreshold()).isEqualTo(30);
        assertThat(registry.circuitBreaker("stock")).isSameAs(entry);
        assertThat(change.policy().snapshot()).containsEntry("state", "FORCED_OPEN");
        assertThat(watched).hasValue(1);
        provider.destroy();
        assertThat(registry.find("stock")).isEmpty();
    }

    @Test
    void whenNewSettingsMakeNoSense_thenTheyAreRefusedAndNothingHasChanged() {
        CircuitBreakerPolicy first = (CircuitBreakerPolicy) provider.create(request(settings -> {}));
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> provider.succeed(request(settings -> settings.setFailureRateThreshold(0)), first));
        assertThat(first.config().failureRateThreshold()).isEqualTo(50);
    }

    private static PolicyRequest<CircuitBreaker, Settings> request(Consumer<Settings> change) {
        Settings settings = new Settings();
        change.accept(settings);
        return new PolicyRequest<>(
                new PolicyId("circuit-breaker", "stock"),
                settings,
                null,
                new GuardedMethod("stock", Object.class, Object.class.getMethods()[0]),
                PolicyRuntime.system(),
                new DefaultListableBeanFactory(),
                (beanName, beanClass, method, plain) -> plain);
    }
}
