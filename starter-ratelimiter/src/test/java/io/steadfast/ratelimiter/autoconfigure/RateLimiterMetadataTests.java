package io.steadfast.ratelimiter.autoconfigure;

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
class RateLimiterMetadataTests {

    private final DocumentContext metadata = read("META-INF/spring-configuration-metadata.json");

    @Test
    void whenASettingExists_thenItIsDescribedInASentence() {
        List<String> keys = keys(RateLimiterProperties.Settings.class, "resilience.rate-limiter.defaults.");
        assertThat(keys)
                .contains("resilience.rate-limiter.defaults.limit-for-period")
                .hasSizeGreaterThanOrEqualTo(11);

        for (String key : keys) {
            List<Map<String, Object>> found = property(key);
            assertThat(found).as(key).hasSize(1);
            assertThat((String) found.get(0).get("description")).as(key).matches("(?s)[A-Z].{15,}\\.");
        }
        assertThat((String) property("resilience.rate-limiter.instances").get(0).get("description"))
                .isNotBlank();
    }

    @Test
    void whenASettingHasADefault_thenEditorsShowIt() {
        assertThat(defaultOf("enabled")).isEqualTo(true);
        assertThat(defaultOf("limit-for-period")).isEqualTo(50);
        assertThat(defaultOf("limit-refresh-period")).isEqualTo("1s");
        assertThat(defaultOf("timeout-duration")).isEqualTo("0s");
        assertThat(defaultOf("permits")).isEqualTo(1);
        assertThat(defaultOf("scope")).isEqualTo("local");
        assertThat(defaultOf("store-down")).isEqualTo("local");
        assertThat(defaultOf("key")).isNull();
        assertThat(defaultOf("max-keys")).isEqualTo(10_000);
        assertThat(defaultOf("key-idle-time")).isNull();
    }

    private Object defaultOf(String key) {
        return property("resilience.rate-limiter.defaults." + key).get(0).get("defaultValue");
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
            URL classes = RateLimiterProperties.class
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
