package io.steadfast.resilience4j.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import io.steadfast.resilience4j.Differences;
import io.steadfast.spring.InvalidResilienceException;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class Resilience4jPropertiesTests {

    private static final String RETRY = "resilience.retry.instances[inventory].";

    private static final String BREAKER = "resilience.circuit-breaker.instances[inventory].";

    @Test
    void whenNothingIsConfigured_thenDefaultsAreTheirs() {
        Translated translated = Translated.of("");

        assertThat(translated.below("resilience.retry.defaults."))
                .contains(
                        "max-attempts=3",
                        "wait-duration=500ms",
                        "backoff=fixed",
                        "jitter=none",
                        "budget.enabled=false");
        assertThat(translated.below("resilience.circuit-breaker.defaults."))
                .contains(
                        "sliding-window-type=count_based",
                        "sliding-window-size=100",
                        "minimum-number-of-calls=100",
                        "probe-interval-in-open-state=0",
                        "wait-duration-in-open-state=60s",
                        "max-wait-duration-in-open-state=60s",
                        "open-jitter=0",
                        "permitted-number-of-calls-in-half-open-state=10");
        assertThat(translated.below("resilience.rate-limiter.defaults."))
                .containsExactly("limit-for-period=50", "limit-refresh-period=500ns", "timeout-duration=5s");
        assertThat(translated.below("resilience.bulkhead.defaults."))
                .containsExactly("max-concurrent-calls=25", "max-wait-duration=0");
        assertThat(translated.below("resilience.timeout.defaults.")).containsExactly("limit=1s");
        assertThat(translated.get("resilience.order")).isNull();
    }

    @Test
    void whenAKeyMeansTheSame_thenItKeepsItsFileAndLine() {
        Translated translated = Translated.of("""
                resilience4j:
                  retry:
                    instances:
                      inventory:
                        maxAttempts: 4
                """);

        assertThat(translated.below(RETRY)).containsExactly("max-attempts=4");
        assertThat(translated.origin(RETRY + "max-attempts")).isEqualTo("Byte array resource [application.yml] - 5:22");
    }

    @Test
    void whenTheUserSetsOurKey_thenItWins() {
        Translated translated = Translated.of("""
                resilience4j.retry.instances.inventory.max-attempts: 4
                resilience.retry.instances[inventory].max-attempts: 7
                """);

        assertThat(translated.get(RETRY + "max-attempts")).isEqualTo("7");
    }

    @Test
    void whenAConfigIsDefault_thenItIsOurDefaults() {
        Translated translated = Translated.of("""
                resilience4j.retry:
                  configs.default.max-attempts: 5
                  instances.inventory.wait-duration: 10ms
                """);

        assertThat(translated.get("resilience.retry.defaults.max-attempts")).isEqualTo("5");
        assertThat(translated.below(RETRY))
                .containsExactly(
                        "wait-duration=10ms", "backoff=fixed", "exponential-max-wait-duration=10ms", "jitter=none");
    }

    @Test
    void whenAnInstanceHasABase_thenTheBaseIsMergedInFromFarToNear() {
        Translated translated = Translated.of("""
                resilience4j.retry:
                  configs:
                    slow: {max-attempts: 2, wait-duration: 2s, base-config: patient}
                    patient: {max-attempts: 9, result-predicate: com.example.Empty}
                  instances.inventory: {base-config: slow, wait-duration: 3s}
                """);

        assertThat(translated.below(RETRY))
                .contains("max-attempts=2", "wait-duration=3s", "result-predicate=com.example.Empty");
    }

    @Test
    void whenABreakerHasAConfigOfItsName_thenDefaultIsCutOff() {
        Translated translated = Translated.of("""
                resilience4j.circuitbreaker:
                  configs:
                    default: {sliding-window-size: 7, failure-rate-threshold: 30}
                    inventory: {failure-rate-threshold: 40}
                  instances.inventory: {permitted-number-of-calls-in-half-open-state: 2}
                """);

        assertThat(translated.below(BREAKER))
                .contains(
                        "failure-rate-threshold=40",
                        "sliding-window-size=100",
                        "permitted-number-of-calls-in-half-open-state=2");
    }

    @Test
    void whenABreakerHasNeitherBaseNorConfigOfItsName_thenDefaultHolds() {
        Translated translated = Translated.of("""
                resilience4j.circuitbreaker:
                  configs.default: {sliding-window-size: 7}
                  instances.inventory: {permitted-number-of-calls-in-half-open-state: 2}
                """);

        assertThat(translated.get("resilience.circuit-breaker.defaults.sliding-window-size"))
                .isEqualTo("7");
        assertThat(translated.get("resilience.circuit-breaker.defaults.minimum-number-of-calls"))
                .isEqualTo("7");
        assertThat(translated.below(BREAKER)).containsExactly("permitted-number-of-calls-in-half-open-state=2");
    }

    @Test
    void whenABaseIsNotThere_thenTheLineIsNamed() {
        assertThatThrownBy(() -> Translated.of("""
                        resilience4j.retry.instances.inventory.base-config: slwo
                        """))
                .isInstanceOf(InvalidResilienceException.class)
                .hasMessageContaining("base-config = 'slwo' names no config of resilience4j.retry")
                .hasMessageContaining("[application.yml] - 1:53");
    }

    @Test
    void whenAnInstanceStandsUnderAnotherMapsName_thenItIsReadToo() {
        Translated translated = Translated.of("""
                resilience4j:
                  ratelimiter.limiters.inventory.limit-for-period: 3
                  bulkhead.backends.inventory.max-concurrent-calls: 4
                """);

        assertThat(translated.get("resilience.rate-limiter.instances[inventory].limit-for-period"))
                .isEqualTo("3");
        assertThat(translated.get("resilience.bulkhead.instances[inventory].max-concurrent-calls"))
                .isEqualTo("4");
    }

    @Test
    void whenAnExceptionIsTheirs_thenOursIsListedBesideIt() {
        Translated translated = Translated.of("""
                resilience4j.retry.instances.inventory:
                  retry-exceptions: [java.io.IOException, java.util.concurrent.TimeoutException]
                  ignore-exceptions: io.github.resilience4j.circuitbreaker.CallNotPermittedException
                """);

        assertThat(translated.below(RETRY))
                .contains(
                        "retry-exceptions[0]=java.io.IOException",
                        "retry-exceptions[1]=java.util.concurrent.TimeoutException",
                        "retry-exceptions[2]=io.steadfast.core.CallTimeoutException",
                        "ignore-exceptions[1]=io.steadfast.core.CircuitOpenException");
    }

    @Test
    void whenUnknownClassesAreToBeIgnored_thenTheyAreLeftOut() {
        Translated translated = Translated.of("""
                resilience4j.circuitbreaker.instances.inventory:
                  ignore-class-binding-exceptions: true
                  record-exceptions: [com.example.Gone, java.io.IOException]
                """);

        assertThat(translated.below(BREAKER)).containsExactly("record-exceptions[0]=java.io.IOException");
    }

    @Test
    void whenABreakerListsExceptions_thenThePredicateOfItsBaseIsForgotten() {
        Translated translated = Translated.of("""
                resilience4j.circuitbreaker:
                  configs.default.record-failure-predicate: com.example.Bad
                  instances.inventory.record-exceptions: java.io.IOException
                """);

        assertThat(translated.below(BREAKER)).contains("record-failure-predicate=");
    }

    @Test
    void whenABulkheadWaits_thenItsQueueHasNoBound() {
        Translated translated = Translated.of("""
                resilience4j.bulkhead:
                  configs.default.max-wait-duration: 1s
                  instances.inventory.max-wait-duration: 0
                """);

        assertThat(translated.get("resilience.bulkhead.defaults.queue-capacity"))
                .isEqualTo("1000000");
        assertThat(translated.below("resilience.bulkhead.instances[inventory]."))
                .containsExactly("max-wait-duration=0", "queue-capacity=0");
    }

    @Test
    void whenAPoolIsConfigured_thenItIsABulkheadWithAQueue() {
        Translated translated = Translated.of("""
                resilience4j.thread-pool-bulkhead.instances.inventory: {max-thread-pool-size: 4, queue-capacity: 2}
                """);

        assertThat(translated.below("resilience.bulkhead.instances[inventory-thread-pool]."))
                .containsExactly("max-concurrent-calls=4", "queue-capacity=2", "max-wait-duration=3650d");
    }

    @Test
    void whenAspectOrdersAreSet_thenOursFollows() {
        Translated translated = Translated.of("""
                resilience4j:
                  circuitbreaker.circuit-breaker-aspect-order: 1
                  retry.retry-aspect-order: 2
                """);

        assertThat(translated.get("resilience.order"))
                .isEqualTo("fallback,timeout.total,circuit-breaker,retry,hedge,failover,rate-limiter,timeout,bulkhead");
    }

    @Test
    void whenAConfigurationIsNamedByAnAnnotation_thenTheInstanceHasIt() {
        Translated translated = Translated.of(
                "resilience4j.retry.configs.slow.max-attempts: 8",
                new InstanceUse(ForeignPolicy.RETRY, "inventory", "slow"));

        assertThat(translated.below(RETRY)).contains("max-attempts=8");
    }

    @Test
    void whenAnAnnotationsNameIsAConfigs_thenTheInstanceHasIt() {
        Translated translated = Translated.of(
                "resilience4j.retry.configs.inventory.max-attempts: 8",
                new InstanceUse(ForeignPolicy.RETRY, "inventory", ""));

        assertThat(translated.below(RETRY)).contains("max-attempts=8");
    }

    @Test
    void whenAPoolIsOnlyAnnotated_thenItHasTheirDefaults() {
        Translated translated = Translated.of("", new InstanceUse(ForeignPolicy.THREAD_POOL_BULKHEAD, "inventory", ""));

        assertThat(translated.below("resilience.bulkhead.instances[inventory-thread-pool]."))
                .containsExactly(
                        "max-concurrent-calls=" + Runtime.getRuntime().availableProcessors(),
                        "queue-capacity=100",
                        "max-wait-duration=3650d");
    }

    @Test
    void whenAVariableSetsAKey_thenItWinsOverTheFile() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        "variables-systemEnvironment",
                        Map.of("RESILIENCE4J_RETRY_INSTANCES_INVENTORY_MAXATTEMPTS", "6")));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "file", Map.of("resilience4j.retry.instances.inventory.max-attempts", "4")));

        Resilience4jProperties.addTo(environment, List.of(), new Differences());

        assertThat(environment.getProperty(RETRY + "max-attempts")).isEqualTo("6");
    }

    @Test
    void whenASourceIsReplaced_thenTheTranslationFollows() {
        Translated translated = Translated.of("resilience4j.retry.instances.inventory.max-attempts: 4");

        translated
                .environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "later", Map.of("resilience4j.retry.instances.inventory.max-attempts", "5")));

        assertThat(translated.below(RETRY)).containsExactly("max-attempts=5");
    }

    @Test
    void whenAKeyMeansNothingHere_thenItIsToldOnceWithItsPlaces() {
        Translated translated = Translated.of("""
                resilience4j.retry:
                  configs.default.fail-after-max-attempts: true
                  instances.inventory.fail-after-max-attempts: true
                """);

        assertThat(translated.differences.drain())
                .singleElement()
                .asString()
                .contains("configs.default.fail-after-max-attempts", "instances.inventory.fail-after-max-attempts");
    }

    @Test
    void whenAKeyIsMisspelled_thenItIsTold() {
        Translated translated = Translated.of("resilience4j.retry.instances.inventory.max-atempts: 5");

        assertThat(translated.differences.drain())
                .singleElement()
                .asString()
                .startsWith("resilience4j has no such key")
                .contains("max-atempts, Byte array resource [application.yml] - 1:53");
    }

    @Test
    void whenAllKeysMeanTheSame_thenNothingIsTold() {
        Translated translated = Translated.of("""
                resilience4j.retry.instances.inventory: {max-attempts: 5, wait-duration: 1s, enable-exponential-backoff: true}
                resilience4j.timelimiter.instances.inventory.cancel-running-future: true
                """);

        assertThat(translated.differences.drain()).isEmpty();
    }
}
