package io.steadfast.springcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.EffectiveValue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The code and the settings of {@code docs/guide/spring-cloud.md}: they compile, they run, and they are the same there. */
class SpringCloudGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/spring-cloud.md");

    private static final Path THIS = Path.of("src/test/java/io/steadfast/springcloud/SpringCloudGuideTests.java");

    private final Client client = product -> "7";

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        String source = squeezed(Files.readString(THIS));

        assertThat(blocks("java"))
                .hasSize(2)
                .allSatisfy(block -> assertThat(source).contains(squeezed(block)));
    }

    @Test
    void whenTheGuidesSettingsAreUsed_thenTheCallHasThem() throws IOException {
        Applications.runner().withPropertyValues(properties(0)).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(ask(context.getBean(CircuitBreakerFactory.class), "4711"))
                    .isEqualTo("7");
            assertThat(values(context.getBean(CallCatalogue.class), "stock"))
                    .containsEntry("circuit-breaker failure-rate-threshold", "40.0")
                    .containsEntry("timeout limit", "800ms")
                    .containsEntry("retry max-attempts", "2");
        });
    }

    @Test
    void whenTheGuidesCustomizerIsUsed_thenItsSettingsHold() {
        Applications.runner().withBean(Breakers.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(CircuitBreakerFactory.class).create("stock");
            assertThat(values(context.getBean(CallCatalogue.class), "stock"))
                    .containsEntry("circuit-breaker failure-rate-threshold", "60.0")
                    .containsEntry("timeout limit", "2s")
                    .containsEntry("retry max-attempts", "2");
        });
    }

    @Test
    void whenTheGuideShowsARoute_thenItsKeysAreThoseThatTheGatewayTestsUse() throws IOException {
        assertThat(properties(1))
                .contains(
                        "spring.cloud.gateway.server.webflux.routes[0].filters[0].name=CircuitBreaker",
                        "spring.cloud.gateway.server.webflux.routes[0].filters[0].args.name=stock",
                        "spring.cloud.gateway.server.webflux.routes[0].filters[0].args.statusCodes=500,503",
                        "spring.cloud.gateway.server.webflux.routes[0].filters[0].args.fallbackUri=forward:/instead");
    }

    private String ask(CircuitBreakerFactory<?, ?> factory, String product) {
        String left = factory.create("stock").run(() -> client.left(product), failure -> "unknown");
        return left;
    }

    static class Breakers {

        @Bean
        Customizer<SteadfastCircuitBreakerFactory> breakers() {
            return factory -> {
                factory.configureDefault(id -> CallSettings.builder()
                        .circuitBreaker("failure-rate-threshold", 60)
                        .build());
                factory.configure(
                        settings -> settings.timeout(Duration.ofSeconds(2)).retry("max-attempts", 2), "stock");
            };
        }
    }

    interface Client {
        String left(String product);
    }

    private static Map<String, String> values(CallCatalogue catalogue, String call) {
        Map<String, String> values = new java.util.LinkedHashMap<>();
        catalogue
                .find(call)
                .orElseThrow()
                .pipeline()
                .forEach(policy -> policy.values()
                        .forEach((String key, EffectiveValue value) ->
                                values.put(policy.id().policy() + " " + key, String.valueOf(value.value()))));
        return values;
    }

    private static String[] properties(int block) throws IOException {
        List<String> properties = new ArrayList<>();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(blocks("yaml").get(block).getBytes(StandardCharsets.UTF_8)))
                .forEach(source -> ((MapPropertySource) source)
                        .getSource()
                        .forEach((key, value) -> properties.add(key + "=" + value)));
        return properties.toArray(String[]::new);
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Layout differs between a page and a file. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
