package io.steadfast.http.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What editors know about the properties of HTTP clients. */
class HttpMetadataTests {

    private final DocumentContext metadata = read();

    @ParameterizedTest
    @CsvSource({
        "enabled,true",
        "defaults.attempt-header,true",
        "defaults.deadline.header,Resilience-Timeout",
        "defaults.deadline.margin,10ms",
        "defaults.idempotency-key,false",
        "defaults.idempotency-key-header,Idempotency-Key",
        "defaults.max-buffered-body,1MB",
        "defaults.push-back.cap,30s",
        "defaults.push-back.quiet,false",
        "defaults.retry-below,false",
        "defaults.retry-methods,null",
        "defaults.statuses,null",
        "clients,null"
    })
    void whenASettingExists_thenItIsDescribedInASentenceAndItsDefaultIsShown(String key, String expected) {
        assertThat(property(key)).singleElement().satisfies(property -> {
            assertThat((String) property.get("description")).matches("(?s)[A-Z].{20,}\\.");
            assertThat(Objects.toString(property.get("defaultValue"))).isEqualTo(expected);
        });
    }

    @Test
    void whenASettingIsDescribed_thenItIsInTheListAbove() {
        List<String> names = metadata.read("$.properties[*].name");

        assertThat(names)
                .filteredOn(name -> name.startsWith("resilience.http.defaults."))
                .hasSize(11);
    }

    private List<Map<String, Object>> property(String key) {
        return metadata.read("$.properties[?(@.name=='resilience.http." + key + "')]");
    }

    private static DocumentContext read() {
        try (InputStream file = Objects.requireNonNull(HttpProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()
                .resolve("META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream())) {
            return JsonPath.parse(file);
        } catch (IOException | java.net.URISyntaxException missing) {
            throw new AssertionError("The metadata is missing", missing);
        }
    }
}
