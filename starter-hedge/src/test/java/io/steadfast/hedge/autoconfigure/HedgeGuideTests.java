package io.steadfast.hedge.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.steadfast.core.Pipeline;
import io.steadfast.hedge.Hedge;
import io.steadfast.hedge.HedgeConfig;
import io.steadfast.hedge.HedgePolicy;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/** The code and the settings of {@code docs/guide/hedge.md}: they compile, they bind, and they are the same there. */
class HedgeGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/hedge.md");

    private static final Path THIS = Path.of("src/test/java/io/steadfast/hedge/autoconfigure/HedgeGuideTests.java");

    private final Client client = new Client();

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        List<String> snippets = blocks("java");

        assertThat(snippets).hasSize(2);
        String source = squeezed(Files.readString(THIS));
        assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }

    @Test
    void whenTheGuideShowsYaml_thenItBindsWithoutAnUnknownKey() throws IOException {
        List<String> snippets = blocks("yaml");
        assertThat(snippets).hasSize(2);
        HedgeProperties chosen = bind(snippets.get(0));

        assertThat(chosen.getDefaults().getExtraLoad()).isEqualTo(0.02);
        assertThat(chosen.getInstances().get("stock").getMaxExtra()).isEqualTo(2);
        assertThat(chosen.getInstances().get("search").getDelay()).isEqualTo(Duration.ofMillis(50));
        assertThat(chosen.getInstances().values())
                .allSatisfy(settings ->
                        assertThat(HedgePolicyProvider.config(settings)).isNotEqualTo(HedgeConfig.defaults()));
    }

    @Test
    void whenTheGuideShowsTheBuiltInValues_thenTheyAre() throws IOException {
        assertThat(bind(blocks("yaml").get(1)).getDefaults())
                .usingRecursiveComparison()
                .isEqualTo(new HedgeProperties.Settings());
        assertThat(HedgePolicyProvider.config(new HedgeProperties.Settings())).isEqualTo(HedgeConfig.defaults());
    }

    @Test
    void whenTheGuideListsTheKeys_thenNoneIsMissing() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(BeanUtils.getPropertyDescriptors(HedgeProperties.Settings.class))
                .filteredOn(property -> property.getWriteMethod() != null)
                .isNotEmpty()
                .allSatisfy(property -> assertThat(guide)
                        .contains("| `" + DataObjectPropertyName.toDashedForm(property.getName()) + "` |"));
    }

    @Test
    void whenTheGuidesPlainJavaIsRun_thenItCalls() throws Exception {
        HedgePolicy hedge = HedgePolicy.of(
                "stock",
                HedgeConfig.builder()
                        .delay(Duration.ofMillis(50))
                        .extraLoad(0.02)
                        .build());
        Pipeline stock = Pipeline.of("stock", hedge);

        int left = stock.call(() -> client.left("4711"));

        assertThat(left).isEqualTo(7);
        assertThat(hedge.snapshot().keySet())
                .containsExactly("delay", "samples", "extra-calls-left", "started", "withheld", "paused")
                .allSatisfy(key -> assertThat(Files.readString(GUIDE)).contains("`" + key + "`"));
    }

    static class Stock {

        private final Client client = new Client();

        @Hedge("stock")
        public int left(String product) throws IOException {
            return client.left(product);
        }
    }

    static class Client {

        int left(String product) throws IOException {
            if (product.isEmpty()) {
                throw new IOException("no such shelf");
            }
            return 7;
        }
    }

    private static HedgeProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.hedge",
                        Bindable.of(HedgeProperties.class),
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
