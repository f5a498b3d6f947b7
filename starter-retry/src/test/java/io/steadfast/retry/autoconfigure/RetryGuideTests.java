package io.steadfast.retry.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.steadfast.core.Pipeline;
import io.steadfast.retry.BackoffType;
import io.steadfast.retry.Retry;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/** The code and the settings of {@code docs/guide/retry.md}: they compile, they bind, and they are the same there. */
class RetryGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/retry.md");

    private static final Path THIS = Path.of("src/test/java/io/steadfast/retry/autoconfigure/RetryGuideTests.java");

    private final Client client = new Client();

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        List<String> snippets = blocks("java");

        assertThat(snippets).hasSize(4);
        String source = squeezed(Files.readString(THIS));
        assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }

    @Test
    void whenTheGuideShowsYaml_thenItBindsWithoutAnUnknownKey() throws IOException {
        List<String> snippets = blocks("yaml");
        assertThat(snippets).hasSize(2);
        RetryProperties chosen = bind(snippets.get(0));

        assertThat(chosen.getDefaults().getWaitDuration()).isEqualTo(Duration.ofMillis(50));
        assertThat(chosen.getInstances().get("inventory").getRetryExceptions()).containsExactly(IOException.class);
        assertThat(chosen.getInstances().get("inventory").getBudget().getRatio())
                .isEqualTo(0.1);
        assertThat(chosen.getInstances().get("prices").getBackoff()).isEqualTo(BackoffType.FIXED);
    }

    @Test
    void whenTheGuideShowsTheBuiltInValues_thenTheyAre() throws IOException {
        assertThat(bind(blocks("yaml").get(1)).getDefaults())
                .usingRecursiveComparison()
                .isEqualTo(new RetryProperties.Settings());
    }

    @Test
    void whenTheGuideListsTheKeys_thenNoneIsMissing() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(BeanUtils.getPropertyDescriptors(RetryProperties.Settings.class))
                .filteredOn(property -> property.getWriteMethod() != null)
                .allSatisfy(property -> assertThat(guide)
                        .contains("| `" + DataObjectPropertyName.toDashedForm(property.getName()) + "` |"));
    }

    @Test
    void whenTheGuidesPlainJavaIsRun_thenItRetries() throws Exception {
        RetryConfig config = RetryConfig.builder()
                .maxAttempts(5)
                .waitDuration(Duration.ofMillis(1))
                .ignoreExceptions(IllegalArgumentException.class)
                .build();
        Pipeline stock = Pipeline.of("stock", RetryPolicy.of("stock", config));

        int left = stock.call(() -> client.left("4711"));
        CompletableFuture<Integer> later = stock.callAsync(() -> client.leftLater("4711"));

        assertThat(left).isEqualTo(7);
        assertThat(later.get()).isEqualTo(7);
        assertThat(client.calls).isEqualTo(2 + 2);
    }

    static class Inventory {

        private final Client client = new Client();

        @Retry("inventory")
        public int left(String product) throws IOException {
            return client.left(product);
        }

        @Retry(value = "prices", maxAttempts = 2, waitDuration = "20ms")
        public int price(String product) throws IOException {
            return client.left(product);
        }
    }

    @Bean
    Predicate<Answer> notReady() {
        return answer -> answer.status() == 202;
    }

    record Answer(int status) {}

    /** Every other call fails. */
    static class Client {

        private int calls;

        int left(String product) throws IOException {
            if (++calls % 2 == 1) {
                throw new IOException("connection reset");
            }
            return 7;
        }

        CompletableFuture<Integer> leftLater(String product) {
            try {
                return CompletableFuture.completedFuture(left(product));
            } catch (IOException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }
    }

    private static RetryProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.retry",
                        Bindable.of(RetryProperties.class),
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
