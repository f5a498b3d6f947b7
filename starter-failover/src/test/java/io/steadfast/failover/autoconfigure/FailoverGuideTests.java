package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.steadfast.core.Call;
import io.steadfast.core.Instance;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.Failover;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.PickerType;
import io.steadfast.failover.autoconfigure.FailoverSections.EjectionSettings;
import io.steadfast.failover.autoconfigure.FailoverSections.HealthSettings;
import io.steadfast.retry.Retry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/** The code and the settings of {@code docs/guide/failover.md}: they compile, they bind, and they are the same there. */
class FailoverGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/failover.md");

    private static final Path THIS =
            Path.of("src/test/java/io/steadfast/failover/autoconfigure/FailoverGuideTests.java");

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
        assertThat(snippets).hasSize(3);

        FailoverProperties first = bind(snippets.get(0));
        assertThat(first.getInstances().get("inventory").getUrls()).hasSize(2);
        FailoverProperties chosen = bind(snippets.get(1));
        assertThat(chosen.getDefaults().getSlowStart()).isEqualTo(Duration.ofMinutes(1));
        assertThat(new InstanceUrls(
                                "inventory",
                                chosen.getInstances().get("inventory").getUrls())
                        .read("a"))
                .extracting(Instance::weight)
                .containsExactly(2, 1);
        assertThat(chosen.getInstances().get("carts").getPicker()).isEqualTo(PickerType.CONSISTENT_HASH);
        assertThat(chosen.getInstances().values())
                .allSatisfy(settings -> assertThat(
                                new SettingsReader(settings, new DefaultListableBeanFactory()).read(null))
                        .isNotEqualTo(FailoverConfig.defaults()));
    }

    @Test
    void whenTheGuideShowsTheBuiltInValues_thenTheyAre() throws IOException {
        assertThat(bind(blocks("yaml").get(2)).getDefaults())
                .usingRecursiveComparison()
                .isEqualTo(new FailoverProperties.Settings());
    }

    @Test
    void whenTheGuideListsTheKeys_thenNoneIsMissing() throws IOException {
        assertListed(FailoverProperties.Settings.class, "");
        assertListed(EjectionSettings.class, "ejection.");
        assertListed(HealthSettings.class, "health.");
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
    void whenTheGuidesPlainJavaIsRun_thenItCallsAnInstance() throws Exception {
        FailoverPolicy failover = new FailoverPolicy(
                new PolicyId(FailoverPolicy.KIND, "inventory"),
                FailoverConfig.defaults(),
                PolicyRuntime.system(),
                InstanceSource.of(List.of(
                        Instance.of("inventory", URI.create("http://10.0.0.1:8080")),
                        Instance.of("inventory", URI.create("http://10.0.0.2:8080")))));
        Pipeline pipeline = Pipeline.of("inventory", failover);

        assertThat(pipeline.<String>call(() -> "answered")).isEqualTo("answered");
        Call call = Call.of("inventory");
        failover.acquire(call);
        assertThat(call.lease().instance().uri().getHost()).startsWith("10.0.0.");
        failover.close();
    }

    @Test
    void whenTheGuidesDirectoryIsAsked_thenItKnowsTheService() throws Exception {
        assertThat(shelf().find("inventory").orElseThrow().instances())
                .extracting(Instance::pool)
                .containsExactly("inventory");
    }

    @Bean
    InstanceDirectory shelf() {
        return service -> Optional.of(() -> List.of(Instance.of(service, URI.create("http://10.0.0.1:8080"))));
    }

    static class Inventory {

        private final Client client = new Client();

        @Retry("inventory")
        @Failover("inventory")
        public int left(String product, URI instance) {
            return client.left(instance, product);
        }

        @Failover(value = "carts", key = "#customer")
        public Cart cart(String customer, URI instance) {
            return client.cart(instance, customer);
        }
    }

    record Cart(String customer) {}

    static class Client {

        int left(URI instance, String product) {
            return instance.getPort() + product.length();
        }

        Cart cart(URI instance, String customer) {
            return new Cart(customer + instance);
        }
    }

    private static FailoverProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        PlaceholdersResolver placeholders = new PropertySourcesPlaceholdersResolver(sources);
        return new Binder(ConfigurationPropertySources.from(sources), placeholders)
                .bind(
                        "resilience.failover",
                        Bindable.of(FailoverProperties.class),
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
