package io.steadfast.resilience4j.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.resilience4j.common.bulkhead.configuration.CommonBulkheadConfigurationProperties;
import io.github.resilience4j.common.bulkhead.configuration.CommonThreadPoolBulkheadConfigurationProperties;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.micrometer.configuration.CommonTimerConfigurationProperties;
import io.github.resilience4j.common.ratelimiter.configuration.CommonRateLimiterConfigurationProperties;
import io.github.resilience4j.common.retry.configuration.CommonRetryConfigurationProperties;
import io.github.resilience4j.common.scheduled.threadpool.configuration.ContextAwareScheduledThreadPoolConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** Every key that resilience4j 2.4.0 has is either translated or known to be understood differently. */
class KeyRulesTests {

    @ParameterizedTest
    @MethodSource("instances")
    void whenAnInstanceOrConfigHasAKey_thenARuleSaysWhatItMeans(ForeignPolicy policy, Class<?> theirs) {
        Set<String> ruled =
                KeyRules.of(policy).stream().map(KeyRule::key).collect(Collectors.toCollection(TreeSet::new));

        assertThat(ruled).isEqualTo(keys(theirs));
    }

    static Stream<Arguments> instances() {
        return Stream.of(
                Arguments.of(
                        ForeignPolicy.CIRCUIT_BREAKER,
                        CommonCircuitBreakerConfigurationProperties.InstanceProperties.class),
                Arguments.of(ForeignPolicy.RETRY, CommonRetryConfigurationProperties.InstanceProperties.class),
                Arguments.of(
                        ForeignPolicy.RATE_LIMITER, CommonRateLimiterConfigurationProperties.InstanceProperties.class),
                Arguments.of(ForeignPolicy.BULKHEAD, CommonBulkheadConfigurationProperties.InstanceProperties.class),
                Arguments.of(
                        ForeignPolicy.THREAD_POOL_BULKHEAD,
                        CommonThreadPoolBulkheadConfigurationProperties.InstanceProperties.class),
                Arguments.of(
                        ForeignPolicy.TIME_LIMITER, CommonTimeLimiterConfigurationProperties.InstanceProperties.class),
                Arguments.of(ForeignPolicy.TIMER, CommonTimerConfigurationProperties.InstanceProperties.class));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void whenASectionHasAnotherMapOfInstances_thenItIsReadToo(ForeignPolicy policy, Class<?> theirs) {
        Set<String> maps = keys(theirs);
        maps.removeAll(List.of("configs", "tags"));

        assertThat(maps).isNotEmpty().allMatch(policy::isInstances);
    }

    static Stream<Arguments> sections() {
        return instances()
                .map(arguments ->
                        Arguments.of(arguments.get()[0], ((Class<?>) arguments.get()[1]).getDeclaringClass()));
    }

    @Test
    void whenTheScheduledExecutorHasAKey_thenARuleSaysWhatItMeans() {
        Set<String> ruled =
                KeyRules.elsewhere().stream().map(KeyRule::key).collect(Collectors.toCollection(TreeSet::new));

        assertThat(ruled)
                .isEqualTo(keys(ContextAwareScheduledThreadPoolConfigurationProperties.class).stream()
                        .map(key -> "scheduled.executor." + key)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource(ForeignPolicy.class)
    void whenAKeyIsNotTranslated_thenItsRuleSaysWhy(ForeignPolicy policy) {
        assertThat(Stream.concat(KeyRules.of(policy).stream(), KeyRules.ofSection(policy).stream()))
                .filteredOn(rule -> rule.ours().isEmpty())
                .allSatisfy(rule -> assertThat(rule.difference()).isNotNull());
    }

    /** By getters and setters: some have only one of the two. */
    static Set<String> keys(Class<?> bean) {
        return Arrays.stream(bean.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !Modifier.isPrivate(method.getModifiers()))
                .map(KeyRulesTests::property)
                .filter(name -> !name.isEmpty())
                .map(DataObjectPropertyName::toDashedForm)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String property(Method method) {
        String name = method.getName();
        boolean getter = method.getParameterCount() == 0 && (name.startsWith("get") || name.startsWith("is"));
        boolean setter = method.getParameterCount() == 1 && name.startsWith("set");
        if (!getter && !setter) {
            return "";
        }
        String bare = name.substring(name.startsWith("is") ? 2 : 3);
        return Character.toLowerCase(bare.charAt(0)) + bare.substring(1);
    }
}
