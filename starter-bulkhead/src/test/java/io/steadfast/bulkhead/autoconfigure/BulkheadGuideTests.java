package io.steadfast.bulkhead.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.bulkhead.Priority;
import io.steadfast.bulkhead.QueueOrder;
import io.steadfast.core.Pipeline;
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

/** The code and the settings of {@code docs/guide/bulkhead.md}: they compile, they bind, and they are the same there. */
class BulkheadGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/bulkhead.md");

    private static final Path THIS =
            Path.of("src/test/java/io/steadfast/bulkhead/autoconfigure/BulkheadGuideTests.java");

    private final Client client = new Client();

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        List<String> snippets = blocks("java");

        assertThat(snippets).hasSize(3);
        String source = squeezed(Files.readString(THIS));
        assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }

    @Test
    void whenTheGuideShowsYaml_thenItBindsWithoutAnUnknownKey() throws IOException {
        List<String> snippets = blocks("yaml");
        assertThat(snippets).hasSize(2);
        BulkheadProperties chosen = bind(snippets.get(0));

        assertThat(chosen.getDefaults().getMaxConcurrentCalls()).isEqualTo(20);
        assertThat(chosen.getInstances().get("stock").getQueueCapacity()).isEqualTo(40);
        assertThat(chosen.getInstances().get("search").getQueueOrder()).isEqualTo(QueueOrder.LIFO);
        assertThat(chosen.getInstances().get("search").getAdaptive().isEnabled())
                .isTrue();
        assertThat(chosen.getInstances().values())
                .allSatisfy(settings ->
                        assertThat(new SettingsReader(settings).read()).isNotEqualTo(BulkheadConfig.defaults()));
    }

    @Test
    void whenTheGuideShowsTheBuiltInValues_thenTheyAre() throws IOException {
        assertThat(bind(blocks("yaml").get(1)).getDefaults())
                .usingRecursiveComparison()
                .isEqualTo(new BulkheadProperties.Settings());
    }

    @Test
    void whenTheGuideListsTheKeys_thenNoneIsMissing() throws IOException {
        assertListed(BulkheadProperties.Settings.class, "");
        assertListed(BulkheadProperties.Settings.Adaptive.class, "adaptive.");
    }

    private static void assertListed(Class<?> settings, String prefix) throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(BeanUtils.getPropertyDescriptors(settings))
                .filteredOn(property -> property.getWriteMethod() != null)
                .isNotEmpty()
                .allSatisfy(property -> assertThat(guide)
                        .contains("| `" + prefix + DataObjectPropertyName.toDashedForm(property.getName()) + "` |"));
    }

    @Test
    void whenTheGuidesPlainJavaIsRun_thenItCalls() throws Exception {
        BulkheadPolicy bulkhead = BulkheadPolicy.of(
                "stock",
                BulkheadConfig.builder()
                        .maxConcurrentCalls(10)
                        .maxWaitDuration(Duration.ofMillis(200))
                        .build());
        Pipeline stock = Pipeline.of("stock", bulkhead);
        Pipeline prefetch = Pipeline.named("prefetch")
                .policy(bulkhead)
                .trait(Priority.class, Priority.SHEDDABLE)
                .build();

        int left = stock.call(() -> client.left("4711"));

        assertThat(left).isEqualTo(7);
        assertThat(prefetch.<Integer>call(() -> client.left("4711"))).isEqualTo(7);
        assertThat(bulkhead.snapshot())
                .containsEntry("in-flight", 0)
                .containsEntry("limit", 10)
                .containsEntry("limit-sheddable", 9);
    }

    static class Stock {

        private final Client client = new Client();

        @Bulkhead("stock")
        public int left(String product) throws IOException {
            return client.left(product);
        }

        @Bulkhead(value = "payments", maxConcurrentCalls = 10, priority = "critical")
        public Receipt pay(Order order) throws IOException {
            return client.pay(order);
        }

        @Bulkhead(value = "payments", priority = "sheddable")
        public Offer preview(Order order) throws IOException {
            return client.preview(order);
        }
    }

    record Order(String product) {}

    record Receipt(String number) {}

    record Offer(int price) {}

    static class Client {

        int left(String product) throws IOException {
            if (product.isEmpty()) {
                throw new IOException("no such shelf");
            }
            return 7;
        }

        Receipt pay(Order order) throws IOException {
            return new Receipt(order.product() + left(order.product()));
        }

        Offer preview(Order order) throws IOException {
            return new Offer(left(order.product()));
        }
    }

    private static BulkheadProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.bulkhead",
                        Bindable.of(BulkheadProperties.class),
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
