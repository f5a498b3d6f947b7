package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.UrlResource;

/** Editors explain every key. */
class FallbackMetadataTests {

    @Test
    void whenEditorsAsk_thenEachKeyIsDescribed() throws Exception {
        List<Map<String, Object>> properties = properties();

        assertThat(properties)
                .extracting(property -> property.get("name"))
                .contains(
                        "resilience.fallback.defaults.enabled",
                        "resilience.fallback.defaults.base",
                        "resilience.fallback.defaults.exceptions",
                        "resilience.fallback.defaults.ignore-exceptions",
                        "resilience.fallback.instances");
        assertThat(properties)
                .allSatisfy(property -> assertThat(String.valueOf(property.get("description")))
                        .as("description of %s", property.get("name"))
                        .hasSizeGreaterThan(20)
                        .endsWith("."));
    }

    private static List<Map<String, Object>> properties() throws IOException {
        for (var url : Collections.list(FallbackProperties.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = new UrlResource(url).getInputStream()) {
                List<Map<String, Object>> properties =
                        JsonPath.read(new String(json.readAllBytes(), StandardCharsets.UTF_8), "$.properties");
                if (properties.stream()
                        .anyMatch(property -> property.get("name").toString().startsWith("resilience.fallback."))) {
                    return properties;
                }
            }
        }
        throw new AssertionError("No metadata for resilience.fallback");
    }
}
