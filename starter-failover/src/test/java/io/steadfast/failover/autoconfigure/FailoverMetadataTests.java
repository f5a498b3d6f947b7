package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** What editors know about our properties. */
class FailoverMetadataTests {

    private final DocumentContext metadata = read("META-INF/spring-configuration-metadata.json");

    @Test
    void whenASettingExists_thenItIsDescribedInASentence() {
        List<String> keys = keys(FailoverProperties.Settings.class, "resilience.failover.defaults.");
        assertThat(keys)
                .contains(
                        "resilience.failover.defaults.urls",
                        "resilience.failover.defaults.ejection.base-time",
                        "resilience.failover.defaults.health.type")
                .hasSize(34);

        for (String key : keys) {
            List<Map<String, Object>> found = property(key);
            assertThat(found).as(key).hasSize(1);
            assertThat((String) found.get(0).get("description")).as(key).matches("(?s)[A-Z].{20,}\\.");
        }
        assertThat((String) property("resilience.failover.instances").get(0).get("description"))
                .isNotBlank();
    }

    @Test
    void whenASettingHasADefault_thenEditorsShowIt() {
        assertThat(defaultOf("enabled")).isEqualTo(true);
        assertThat(defaultOf("picker")).isEqualTo("peak-ewma");
        assertThat(defaultOf("slow-start")).isEqualTo("30s");
        assertThat(defaultOf("keep-last-good")).isEqualTo("1h");
        assertThat(defaultOf("ejection.success-rate-deviation")).isEqualTo(1.9);
        assertThat(defaultOf("health.enabled")).isEqualTo(false);
        assertThat(defaultOf("health.type")).isEqualTo("http");
        assertThat(defaultOf("health.path")).isEqualTo("/actuator/health/readiness");
    }

    @Test
    void whenAHintIsGiven_thenItBelongsToAPropertyThatExists() {
        List<String> hints = metadata.read("$.hints[*].name");

        assertThat(hints).contains("resilience.failover.defaults.picker", "resilience.failover.defaults.health.type");
        for (String hint : hints) {
            assertThat(property(hint.replaceAll("\\.keys$", ""))).as(hint).hasSize(1);
        }
    }

    private Object defaultOf(String key) {
        return property("resilience.failover.defaults." + key).get(0).get("defaultValue");
    }

    private List<Map<String, Object>> property(String name) {
        return metadata.read("$.properties[?(@.name == '" + name + "')]");
    }

    /** All keys of a JavaBean, nested ones included, spelled as in the properties. */
    private static List<String> keys(Class<?> type, String prefix) {
        List<String> keys = new ArrayList<>();
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
            String key = prefix + DataObjectPropertyName.toDashedForm(property.getName());
            if (property.getWriteMethod() != null) {
                keys.add(key);
            } else if (!property.getName().equals("class")) {
                keys.addAll(keys(property.getPropertyType(), key + "."));
            }
        }
        return keys;
    }

    /** From our own jar; other starters have a file of that name too. */
    private static DocumentContext read(String path) {
        try {
            URL classes = FailoverProperties.class
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
