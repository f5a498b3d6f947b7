package io.steadfast.bulkhead.autoconfigure;

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
class BulkheadMetadataTests {

    private final DocumentContext metadata = read("META-INF/spring-configuration-metadata.json");

    @Test
    void whenASettingExists_thenItIsDescribedInASentence() {
        List<String> keys = keys(BulkheadProperties.Settings.class, "resilience.bulkhead.defaults.");
        assertThat(keys)
                .contains(
                        "resilience.bulkhead.defaults.max-concurrent-calls",
                        "resilience.bulkhead.defaults.adaptive.initial-limit")
                .hasSize(13);

        for (String key : keys) {
            List<Map<String, Object>> found = property(key);
            assertThat(found).as(key).hasSize(1);
            assertThat((String) found.get(0).get("description")).as(key).matches("(?s)[A-Z].{20,}\\.");
        }
        assertThat((String) property("resilience.bulkhead.instances").get(0).get("description"))
                .isNotBlank();
    }

    @Test
    void whenASettingHasADefault_thenEditorsShowIt() {
        assertThat(defaultOf("enabled")).isEqualTo(true);
        assertThat(defaultOf("max-concurrent-calls")).isEqualTo(25);
        assertThat(defaultOf("max-wait-duration")).isEqualTo("0ms");
        assertThat(defaultOf("queue-capacity")).isNull();
        assertThat(defaultOf("queue-order")).isEqualTo("fifo");
        assertThat(defaultOf("priority")).isNull();
        assertThat(defaultOf("adaptive.enabled")).isEqualTo(false);
        assertThat(defaultOf("adaptive.algorithm")).isEqualTo("gradient");
        assertThat(defaultOf("adaptive.window")).isEqualTo("1s");
    }

    @Test
    void whenAHintIsGiven_thenItBelongsToAPropertyThatExists() {
        List<String> hints = metadata.read("$.hints[*].name");

        assertThat(hints).contains("resilience.bulkhead.defaults.priority", "resilience.bulkhead.defaults.queue-order");
        for (String hint : hints) {
            assertThat(property(hint.replaceAll("\\.keys$", ""))).as(hint).hasSize(1);
        }
    }

    private Object defaultOf(String key) {
        return property("resilience.bulkhead.defaults." + key).get(0).get("defaultValue");
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
            URL classes = BulkheadProperties.class
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
