package io.steadfast.resilience4j.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.retry.configuration.CommonRetryConfigurationProperties;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.RetryConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;

/** Generated properties come to the same settings as in resilience4j's own classes, which merge them and make configurations. */
class SameAsTheirsTests {

    private static final List<String> CONFIGS = List.of("default", "shared", "inventory");

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenARetryIsConfigured_thenItIsTheirs(long seed) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        choices.put("max-attempts", List.of("1", "4", "7"));
        choices.put("wait-duration", List.of("100ms", "2s", "300"));
        choices.put("enable-exponential-backoff", List.of("true", "false"));
        choices.put("exponential-backoff-multiplier", List.of("2", "1.2"));
        choices.put("exponential-max-wait-duration", List.of("3s", "10s"));
        String yaml = yaml("retry", choices, new Random(seed));

        Translated ours = Translated.of(yaml);
        CommonRetryConfigurationProperties properties =
                bind(ours, "resilience4j.retry", CommonRetryConfigurationProperties.class);
        CompositeCustomizer<RetryConfigCustomizer> nobody = new CompositeCustomizer<>(List.of());
        // as their registry does: configs take over from the ones they build on before instances are made
        properties.getConfigs().forEach((name, config) -> properties.createRetryConfig(config, nobody, name));
        RetryConfig theirs = properties.createRetryConfig("inventory", nobody);

        Function<String, String> setting = settings(ours, "retry");
        assertThat(setting.apply("max-attempts")).as(yaml).isEqualTo(String.valueOf(theirs.getMaxAttempts()));
        for (int attempt = 1; attempt < 6; attempt++) {
            Long wait = theirs.<Object>getIntervalBiFunction().apply(attempt, Either.right("result"));
            assertThat(wait(setting, attempt)).as(yaml + "\nattempt " + attempt).isBetween(wait - 5.0, wait + 5.0);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenABreakerIsConfigured_thenItIsTheirs(long seed) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        choices.put("failure-rate-threshold", List.of("10", "20"));
        choices.put("sliding-window-size", List.of("5", "50"));
        choices.put("sliding-window-type", List.of("TIME_BASED", "count_based"));
        choices.put("wait-duration-in-open-state", List.of("1s", "5000"));
        choices.put("permitted-number-of-calls-in-half-open-state", List.of("2", "3"));
        choices.put("slow-call-duration-threshold", List.of("1s", "2s"));
        String yaml = yaml("circuitbreaker", choices, new Random(seed));

        Translated ours = Translated.of(yaml);
        CommonCircuitBreakerConfigurationProperties properties =
                bind(ours, "resilience4j.circuitbreaker", CommonCircuitBreakerConfigurationProperties.class);
        CircuitBreakerConfig theirs = properties.createCircuitBreakerConfig(
                "inventory", properties.getInstances().get("inventory"), new CompositeCustomizer<>(List.of()));

        Function<String, String> setting = settings(ours, "circuit-breaker");
        assertThat(Float.parseFloat(setting.apply("failure-rate-threshold")))
                .as(yaml)
                .isEqualTo(theirs.getFailureRateThreshold());
        assertThat(setting.apply("sliding-window-size"))
                .as(yaml)
                .isEqualTo(String.valueOf(theirs.getSlidingWindowSize()));
        assertThat(setting.apply("sliding-window-type"))
                .as(yaml)
                .isEqualToIgnoringCase(theirs.getSlidingWindowType().name());
        assertThat(setting.apply("permitted-number-of-calls-in-half-open-state"))
                .as(yaml)
                .isEqualTo(String.valueOf(theirs.getPermittedNumberOfCallsInHalfOpenState()));
        assertThat(DurationStyle.detectAndParse(setting.apply("slow-call-duration-threshold")))
                .as(yaml)
                .isEqualTo(theirs.getSlowCallDurationThreshold());
        assertThat(millis(setting.apply("wait-duration-in-open-state")))
                .as(yaml)
                .isEqualTo(theirs.getWaitIntervalFunctionInOpenState().apply(1).doubleValue());
    }

    /** Any key in the instance and in some configs, with or without bases that never go round. */
    private static String yaml(String section, Map<String, List<String>> choices, Random random) {
        StringBuilder yaml =
                new StringBuilder("resilience4j." + section + ".instances.inventory.event-consumer-buffer-size: 1\n");
        for (String level : Stream.concat(
                        Stream.of("instances.inventory"), CONFIGS.stream().map("configs."::concat))
                .toList()) {
            if (level.startsWith("configs") && random.nextInt(3) == 0) {
                continue;
            }
            choices.forEach((key, values) -> {
                if (random.nextBoolean()) {
                    line(yaml, section, level, key, values.get(random.nextInt(values.size())));
                }
            });
        }
        if (yaml.indexOf("configs.shared") >= 0 && random.nextBoolean()) {
            line(yaml, section, "instances.inventory", "base-config", "shared");
            if (yaml.indexOf("configs.default") >= 0 && random.nextBoolean()) {
                line(yaml, section, "configs.shared", "base-config", "default");
            }
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String section, String level, String key, String value) {
        yaml.append("resilience4j.%s.%s.%s: %s\n".formatted(section, level, key, value));
    }

    private static <T> T bind(Translated ours, String prefix, Class<T> type) {
        return Binder.get(ours.environment).bind(prefix, Bindable.of(type)).get();
    }

    /** As our engine reads them: the instance's, else the defaults. */
    private static Function<String, String> settings(Translated ours, String policy) {
        Map<String, String> instance = ours.below("resilience." + policy + ".instances[inventory].").stream()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
        return key ->
                instance.containsKey(key) ? instance.get(key) : ours.get("resilience." + policy + ".defaults." + key);
    }

    /** The formula of our retry. */
    private static double wait(Function<String, String> setting, int attempt) {
        double first = millis(setting.apply("wait-duration"));
        double cap = millis(setting.apply("exponential-max-wait-duration"));
        assertThat(setting.apply("jitter")).isEqualTo("none");
        boolean grows = setting.apply("backoff").equals("exponential");
        double factor = grows ? Double.parseDouble(setting.apply("exponential-backoff-multiplier")) : 1;
        return Math.min(cap, first * Math.pow(factor, attempt - 1));
    }

    private static double millis(String duration) {
        return DurationStyle.detectAndParse(duration).toMillis();
    }
}
