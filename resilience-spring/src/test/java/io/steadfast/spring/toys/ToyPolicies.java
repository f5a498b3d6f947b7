package io.steadfast.spring.toys;

import io.steadfast.core.Policy;
import io.steadfast.core.PolicySlot;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plugs the toys in. */
@Configuration(proxyBeanMethods = false)
public class ToyPolicies {

    @Bean
    static PolicyProvider<ToyRetry, ToyRetrySettings> toyRetryProvider() {
        return new PolicyProvider<>() {
            @Override
            public String policy() {
                return "retry";
            }

            @Override
            public Class<ToyRetry> annotation() {
                return ToyRetry.class;
            }

            @Override
            public Class<ToyRetrySettings> settings() {
                return ToyRetrySettings.class;
            }

            @Override
            public Policy create(PolicyRequest<ToyRetry, ToyRetrySettings> request) {
                return new ToyRetryPolicy(
                        request.id().instance(), request.settings().getMaxAttempts());
            }
        };
    }

    @Bean
    static PolicyProvider<ToyBreaker, ToyBreakerSettings> toyBreakerProvider() {
        return new PolicyProvider<>() {
            @Override
            public String policy() {
                return "circuit-breaker";
            }

            @Override
            public Class<ToyBreaker> annotation() {
                return ToyBreaker.class;
            }

            @Override
            public Class<ToyBreakerSettings> settings() {
                return ToyBreakerSettings.class;
            }

            @Override
            public Policy create(PolicyRequest<ToyBreaker, ToyBreakerSettings> request) {
                return new ToyBreakerPolicy(
                        request.id().instance(), request.runtime().listener());
            }
        };
    }

    /** The slot of a policy that some call uses. */
    public static PolicySlot<?> slot(CallCatalogue catalogue, String policy, String instance) {
        return catalogue.calls().stream()
                .flatMap(call -> call.pipeline().stream())
                .map(GuardedPolicy::slot)
                .filter(slot -> slot.id().policy().equals(policy))
                .filter(slot -> slot.id().instance().equals(instance))
                .findFirst()
                .orElseThrow();
    }

    /** A breaker that some call uses. */
    public static ToyBreakerPolicy breaker(CallCatalogue catalogue, String instance) {
        return (ToyBreakerPolicy) slot(catalogue, "circuit-breaker", instance).policy();
    }
}
