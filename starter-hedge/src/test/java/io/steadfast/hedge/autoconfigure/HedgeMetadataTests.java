package io.steadfast.hedge.autoconfigure;

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
class HedgeMetadataTests {

    private final DocumentContext metadata = read("META-INF/spring-configuration-metadata.json");

    @Test
    void whenASettingExists_thenItIsDescribedInASentence() {
        List<String> keys = keys(HedgeProperties.Settings.class, "resilience.hedge.defaults.");
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "resilience.hedge.defaults.enabled",
                        "resilience.hedge.defaults.base",
                        "resilience.hedge.defaults.delay",
                        "resilience.hedge.defaults.extra-load",
                        "resilience.hedge.defaults.max-extra",
                        "resilience.hedge.defaults.minimum-calls",
                        "resilience.hedge.defaults.window",
                        "resilience.hedge.defaults.throttled-pause");

        for (String key : keys) {
            List<Map<String, Object>> found = property(key);
            assertThat(found).as(key).hasSize(1);
            assertThat((String) found.get(0).get("description")).as(key).matches("(?s)[A-Z].{20,}\\.");
        }
        assertThat((String) property("resilience.hedge.instances").get(0).get("description"))
                .isNotBlank();
    }

    @Test
    void whenASettingHasADefault_thenEditorsShowIt() {
        assertThat(defaultOf("enabled")).isEqualTo(true);
        assertThat(defaultOf("delay")).isNull();
        assertThat(defaultOf("extra-load")).isEqualTo(0.05);
        assertThat(defaultOf("max-extra")).isEqualTo(1);
        assertThat(defaultOf("minimum-calls")).isEqualTo(100);
        assertThat(defaultOf("window")).isEqualTo("1m");
        assertThat(defaultOf("throttled-pause")).isEqualTo("10s");
    }

    @Test
    void whenAHintIsGiven_thenItBelongsToAPropertyThatExists() {
        List<String> hints = metadata.read("$.hints[*].name");

        assertThat(hints).contains("resilience.hedge.defaults.delay", "resilience.hedge.instances.keys");
        for (String hint : hints) {
            assertThat(property(hint.replaceAll("\\.keys$", ""))).as(hint).hasSize(1);
        }
    }

    private Object defaultOf(String key) {
        return property("resilience.hedge.defaults." + key).get(0).get("defaultValue");
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
            URL classes =
                    HedgeProperties.class.getProtectionDomain().getCodeSource().getLocation();
            try (InputStream json = new URL(classes, path).openStream()) {
                return JsonPath.parse(json);
            }
        } catch (IOException missing) {
            throw new AssertionError("No " + path + " was generated", missing);
        }
    }
}
