package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.steadfast.dashboard.servlet.DashboardRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/** The code and the settings of {@code docs/guide/dashboard.md}: they compile, they bind, and no key is missing. */
class DashboardGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/dashboard.md");

    private static final Path THIS =
            Path.of("src/test/java/io/steadfast/dashboard/autoconfigure/DashboardGuideTests.java");

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        List<String> snippets = blocks("java");

        assertThat(snippets).hasSize(1);
        String source = squeezed(Files.readString(THIS));
        assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }

    @Test
    void whenTheGuideShowsYaml_thenItBindsWithoutAnUnknownKey() throws IOException {
        List<String> snippets = blocks("yaml");
        assertThat(snippets).hasSize(2);

        DashboardProperties listed = bind(snippets.get(0));
        DashboardProperties found = bind(snippets.get(1));

        assertThat(listed.checkedInstances()).hasSize(2);
        assertThat(listed.checkedPeerTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(found.getService()).isEqualTo("true");
    }

    @Test
    void whenTheGuideListsTheKeys_thenNoneIsMissing() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(BeanUtils.getPropertyDescriptors(DashboardProperties.class))
                .filteredOn(property -> property.getWriteMethod() != null)
                .hasSize(7)
                .allSatisfy(property -> assertThat(guide)
                        .contains("| `" + DataObjectPropertyName.toDashedForm(property.getName()) + "` |"));
    }

    /** Run by {@link SecurityTests}. */
    static class Operations {

        SecurityFilterChain operations(HttpSecurity http) {
            return http.securityMatcher(
                            new OrRequestMatcher(EndpointRequest.toAnyEndpoint(), DashboardRequest.toDashboard()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("OPS"))
                    .httpBasic(withDefaults())
                    .build();
        }
    }

    private static DashboardProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.dashboard",
                        Bindable.of(DashboardProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .get();
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Layout differs between a page and a file. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }
}
