package io.steadfast.spring;

import java.util.List;

import io.steadfast.core.PolicyId;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.spring.toys.ToyLimitPolicy;
import io.steadfast.spring.toys.ToyLimitProvider;
import io.steadfast.spring.toys.ToyPolicies;
import org.assertj.core.api.Assertions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Applications whose beans are guarded by toys: a retry, a breaker, and a time limit with two places. */
final class GuardedWorld {

    private GuardedWorld() {}

    static ApplicationContextRunner of(Class<?>... beans) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class))
                .withUserConfiguration(ToyPolicies.class)
                .withBean(ToyLimitProvider.class)
                .withUserConfiguration(beans);
    }

    /** The policies of a call, outermost first; none if the call is not guarded. */
    static List<String> policies(ApplicationContext context, String call) {
        return pipeline(context, call).stream()
                .map(GuardedPolicy::id)
                .map(PolicyId::toString)
                .toList();
    }

    static List<GuardedPolicy> pipeline(ApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class)
                .find(call)
                .map(GuardedCall::pipeline)
                .orElse(List.of());
    }

    static GuardedPolicy policy(ApplicationContext context, String call, String place) {
        return pipeline(context, call).stream()
                .filter(policy -> policy.id().policy().equals(place))
                .findFirst()
                .orElseThrow();
    }

    static ToyLimitPolicy limit(ApplicationContext context, String call, String place) {
        return (ToyLimitPolicy) policy(context, call, place).slot().policy();
    }

    static EffectiveValue value(ApplicationContext context, String call, String place, String key) {
        return policy(context, call, place).values().get(key);
    }

    static List<StartupProblem> problems(Throwable failure) {
        Assertions.assertThat(failure).isInstanceOf(InvalidResilienceException.class);
        return ((InvalidResilienceException) failure).problems();
    }

    static StartupProblem onlyProblem(Throwable failure) {
        Assertions.assertThat(problems(failure)).hasSize(1);
        return problems(failure).get(0);
    }
}
