package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;

/** What editors know about our properties. */
class DashboardMetadataTests {

    private final DocumentContext metadata = read("META-INF/spring-configuration-metadata.json");

    @Test
    void whenASettingExists_thenItIsDescribedInASentence() {
        List<Map<String, Object>> properties = metadata.read("$.properties");

        assertThat(properties)
                .extracting(property -> property.get("name"))
                .containsExactlyInAnyOrder(
                        "resilience.dashboard.enabled",
                        "resilience.dashboard.path",
                        "resilience.dashboard.security",
                        "resilience.dashboard.instances",
                        "resilience.dashboard.service",
                        "resilience.dashboard.peer-timeout",
                        "resilience.dashboard.peer-authorization");
        assertThat(properties)
                .allSatisfy(property -> assertThat((String) property.get("description"))
                        .as(String.valueOf(property.get("name")))
                        .matches("(?s)[A-Z].{20,}\\."));
    }

    @Test
    void whenASettingHasADefault_thenEditorsShowIt() {
        assertThat(defaultOf("path")).isEqualTo("/resilience");
        assertThat(defaultOf("security")).isEqualTo("actuator");
        assertThat(defaultOf("peer-timeout")).isEqualTo("1s");
        assertThat(defaultOf("service")).isNull();
    }

    private Object defaultOf(String key) {
        List<Map<String, Object>> found =
                metadata.read("$.properties[?(@.name == 'resilience.dashboard." + key + "')]");
        return found.get(0).get("defaultValue");
    }

    /** From our own jar; other starters have a file of that name too. */
    private static DocumentContext read(String path) {
        try {
            URL classes = DashboardProperties.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
            try (InputStream json = new URL(classes, path).openStream()) {
                return JsonPath.parse(json);
            }
        } catch (IOException missing) {
            throw new AssertionError("No " + path + " was generated", missing);
        }
    }
}
