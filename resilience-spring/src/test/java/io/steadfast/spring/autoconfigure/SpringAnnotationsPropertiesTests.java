package io.steadfast.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.steadfast.spring.PropertySection;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** {@code resilience.spring-annotations}, whoever reads it. */
class SpringAnnotationsPropertiesTests {

    @Test
    void whenNoStarterReadsIt_thenTheSectionIsKnownAllTheSame() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class))
                .run(context -> assertThat(
                                context.getBeansOfType(PropertySection.class).values())
                        .extracting(PropertySection::name)
                        .contains("spring-annotations"));
    }

    @Test
    void whenEditorsAsk_thenTheSwitchIsDescribedAndOff() throws IOException {
        URL classes = SpringAnnotationsProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (InputStream json = new URL(classes, "META-INF/spring-configuration-metadata.json").openStream()) {
            List<Map<String, Object>> found =
                    JsonPath.parse(json).read("$.properties[?(@.name == 'resilience.spring-annotations.enabled')]");

            assertThat(found).hasSize(1);
            assertThat(found.get(0)).containsEntry("defaultValue", false);
            assertThat((String) found.get(0).get("description")).contains("Retryable and ConcurrencyLimit");
        }
    }
}
