package io.steadfast.resilience4j.properties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.steadfast.resilience4j.Differences;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** What a YAML file with resilience4j's keys says in ours. */
final class Translated {

    final Differences differences = new Differences();

    final StandardEnvironment environment = new StandardEnvironment();

    private Translated(String yaml, List<InstanceUse> uses) {
        try {
            ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml");
            new YamlPropertySourceLoader()
                    .load("application.yml", file)
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Resilience4jProperties.addTo(environment, uses, differences);
    }

    static Translated of(String yaml, InstanceUse... uses) {
        return new Translated(yaml, List.of(uses));
    }

    String get(String key) {
        return environment.getProperty(key);
    }

    /** Our keys below a prefix, as {@code key=value}. */
    List<String> below(String prefix) {
        EnumerablePropertySource<?> source = source();
        return List.of(source.getPropertyNames()).stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()) + "=" + source.getProperty(name))
                .toList();
    }

    String origin(String key) {
        return String.valueOf(OriginLookup.getOrigin(source(), key));
    }

    EnumerablePropertySource<?> source() {
        PropertySource<?> source = environment.getPropertySources().get(TranslatedPropertySource.NAME);
        return (EnumerablePropertySource<?>) source;
    }
}
