package io.steadfast.resilience4j.properties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Every key in the metadata of resilience4j's own starter, which is on this run's class path, is known here. */
class MetadataKeysTests {

    private static final Pattern KEY =
            Pattern.compile("\"name\": \"(resilience4j\\.[^\"]+)\",\\s*\"type\": \"([^\"]+)\"");

    @Test
    void whenTheirMetadataHasAKey_thenItIsReadOrARuleSaysWhatItMeans() throws IOException {
        List<String> keys = keys();

        assertThat(keys).hasSizeGreaterThan(40).allMatch(MetadataKeysTests::isKnown);
    }

    private static boolean isKnown(String key) {
        List<String> path = List.of(key.substring("resilience4j.".length()).split("\\."));
        Optional<ForeignPolicy.Placed> placed = ForeignPolicy.of(path);
        if (placed.isEmpty()) {
            return KeyRules.find(KeyRules.elsewhere(), String.join(".", path)).isPresent();
        }
        ForeignPolicy policy = placed.get().policy();
        String rest = String.join(".", placed.get().rest());
        return policy.isInstances(rest)
                || rest.equals("configs")
                || KeyRules.find(KeyRules.ofSection(policy), rest).isPresent();
    }

    /** Groups have a source method, properties a source type; both may be there, and both must be known. */
    private static List<String> keys() throws IOException {
        List<String> keys = new ArrayList<>();
        String file = "META-INF/spring-configuration-metadata.json";
        for (URL url : Collections.list(MetadataKeysTests.class.getClassLoader().getResources(file))) {
            if (url.getPath().contains("resilience4j-spring-boot4-")) {
                try (InputStream metadata = url.openStream()) {
                    Matcher key = KEY.matcher(new String(metadata.readAllBytes(), UTF_8).split("\"properties\":")[1]);
                    while (key.find()) {
                        keys.add(key.group(1));
                    }
                }
            }
        }
        return keys;
    }
}
