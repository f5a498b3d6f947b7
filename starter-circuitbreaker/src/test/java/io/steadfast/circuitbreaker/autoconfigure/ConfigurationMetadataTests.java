package io.steadfast.circuitbreaker.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;

class ConfigurationMetadataTests {

    private static final String DEFAULTS = "resilience.circuit-breaker.defaults.";

    @Test
    void whenMetadataIsGenerated_thenEveryKeyIsInItWithADescription() throws IOException {
        List<Map<String, Object>> properties = properties();
        assertThat(properties)
                .allSatisfy(property -> assertThat(property.get("description"))
                        .as("description of " + property.get("name"))
                        .isInstanceOf(String.class)
                        .asString()
                        .endsWith("."));
        List<String> keys = Arrays.stream(BeanUtils.getPropertyDescriptors(CircuitBreakerProperties.Settings.class))
                .filter(descriptor -> descriptor.getWriteMethod() != null)
                .map(descriptor -> DEFAULTS + kebab(descriptor.getName()))
                .toList();
        assertThat(keys).hasSize(24);
        assertThat(properties)
                .extracting(property -> property.get("name"))
                .containsAll(keys)
                .contains("resilience.circuit-breaker.instances");
    }

    @Test
    void whenAKeyHasADefault_thenMetadataTellsIt() throws IOException {
        assertThat(properties())
                .anySatisfy(property -> assertThat(property)
                        .containsEntry("name", DEFAULTS + "wait-duration-in-open-state")
                        .containsEntry("defaultValue", "5s"))
                .anySatisfy(property -> assertThat(property)
                        .containsEntry("name", DEFAULTS + "sliding-window-type")
                        .containsEntry("defaultValue", "time-based"));
    }

    @Test
    void whenAKeyNamesABean_thenMetadataHintsAtBeansOfItsType() throws IOException {
        try (InputStream metadata = metadata()) {
            List<String> hinted = JsonPath.parse(metadata)
                    .read("$.hints[?(@.providers[0].parameters.target == 'java.util.function.Predicate')].name");
            assertThat(hinted)
                    .containsExactlyInAnyOrder(
                            DEFAULTS + "record-failure-predicate",
                            DEFAULTS + "ignore-exception-predicate",
                            DEFAULTS + "record-result-predicate");
        }
    }

    private static InputStream metadata() {
        return CircuitBreakerProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json");
    }

    private static List<Map<String, Object>> properties() throws IOException {
        try (InputStream metadata =
                CircuitBreakerProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonPath.parse(metadata).read("$.properties[?(@.name =~ /resilience\\.circuit-breaker.*/)]");
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
