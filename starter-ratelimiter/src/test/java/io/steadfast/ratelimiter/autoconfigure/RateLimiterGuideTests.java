package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyOrder;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import io.steadfast.core.ResilienceListener;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.RateLimiterUse;
import io.steadfast.test.ManualTimer;
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

/** The code, the settings and the numbers of {@code docs/guide/rate-limiter.md}: they compile, they bind, and they are so. */
class RateLimiterGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/rate-limiter.md");

    private static final Path SHARED = Path.of("../docs/guide/shared-rate-limit.md");

    private static final Path THIS =
            Path.of("src/test/java/io/steadfast/ratelimiter/autoconfigure/RateLimiterGuideTests.java");

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
        RateLimiterProperties chosen = bind(blocks("yaml").get(0));

        assertThat(chosen.getInstances().get("geocoder").getTimeoutDuration()).isEqualTo(Duration.ofMillis(500));
        assertThat(chosen.getInstances().get("exports").getMaxKeys()).isEqualTo(50_000);
    }

    @Test
    void whenTheGuideShowsTheBuiltInValues_thenTheyAre() throws IOException {
        assertThat(bind(blocks("yaml").get(1)).getDefaults())
                .usingRecursiveComparison()
                .isEqualTo(new RateLimiterProperties.Settings());
    }

    @Test
    void whenTheGuideTurnsTheOrderRound_thenItIsTheStandardOneButForTheLimiter() throws IOException {
        String line = blocks("yaml")
                .get(2)
                .lines()
                .filter(text -> text.contains("order:"))
                .findFirst()
                .orElseThrow();
        List<String> places =
                List.of(line.substring(line.indexOf(':') + 1).trim().split(", "));

        assertThat(places.indexOf("rate-limiter")).isLessThan(places.indexOf("retry"));
        assertThat(PolicyOrder.STANDARD.places().stream().filter(place -> !place.equals("rate-limiter")))
                .containsSubsequence(places.stream()
                        .filter(place -> !place.equals("rate-limiter"))
                        .toList());
    }

    @Test
    void whenTheGuidesListTheKeys_thenNoneIsMissing() throws IOException {
        String guides = Files.readString(GUIDE) + Files.readString(SHARED);

        assertThat(BeanUtils.getPropertyDescriptors(RateLimiterProperties.Settings.class))
                .filteredOn(property -> property.getWriteMethod() != null)
                .allSatisfy(property -> assertThat(guides)
                        .contains("| `" + DataObjectPropertyName.toDashedForm(property.getName()) + "` |"));
    }

    /** The second table of "Periods, and waiting for them". */
    @Test
    void whenCallsMayWait_thenTheyWaitAsTheGuideSays() {
        ManualTimer timer = new ManualTimer();
        RateLimiterPolicy limiter = new RateLimiterPolicy(
                new PolicyId(RateLimiterPolicy.KIND, "geocoder"),
                LimiterConfig.builder()
                        .limitForPeriod(10)
                        .timeoutDuration(Duration.ofMillis(1500))
                        .build(),
                new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE));
        for (int call = 0; call < 10; call++) {
            assertThat(waitMillis(limiter)).isZero();
        }
        timer.advance(Duration.ofMillis(400));
        for (int call = 0; call < 10; call++) {
            assertThat(waitMillis(limiter)).isEqualTo(600);
        }
        assertThat(waitMillis(limiter)).as("refused, come back in").isEqualTo(-100);
        timer.advance(Duration.ofMillis(600));
        assertThat(waitMillis(limiter)).isEqualTo(1000);
    }

    private static long waitMillis(RateLimiterPolicy limiter) {
        try {
            Permit permit = limiter.acquire(Call.of("geocoder"));
            return permit instanceof Reservation turn ? turn.waitNanos() / 1_000_000 : 0;
        } catch (RateLimitedException refusal) {
            return -refusal.retryAfter().orElseThrow().toMillis();
        }
    }

    @Test
    void whenTheGuidesPlainJavaIsRun_thenItLimitsEachKey() throws Exception {
        String[] who = {"ann"};
        Supplier<String> customer = () -> who[0];
        RateLimiterPolicy limiter = RateLimiterPolicy.of(
                "geocoder",
                LimiterConfig.builder()
                        .limitForPeriod(10)
                        .timeoutDuration(Duration.ofMillis(500))
                        .build());
        Pipeline geocoder = Pipeline.named("geocoder")
                .policy(limiter)
                .trait(RateLimiterUse.class, new RateLimiterUse(1, call -> customer.get()))
                .build();

        Place place = geocoder.call(() -> client.find("Lisbon"));

        assertThat(place.name()).isEqualTo("Lisbon");
        assertThat(limiter.snapshot()).containsEntry("keys", 1).containsEntry("available", 10L);
    }

    record Place(String name) {}

    record Report(String customer, int year) {}

    record Customer(String id) {}

    static class Client {

        Place find(String address) {
            return new Place(address);
        }

        List<Place> findAll(List<String> addresses) {
            return addresses.stream().map(Place::new).toList();
        }

        Report export(Customer customer, int year) {
            return new Report(customer.id(), year);
        }
    }

    static class Geocoder {

        private final Client client = new Client();

        @RateLimiter("geocoder")
        public Place find(String address) {
            return client.find(address);
        }

        @RateLimiter(value = "geocoder", permits = 5)
        public List<Place> findAll(List<String> addresses) {
            return client.findAll(addresses);
        }

        @RateLimiter(value = "exports", key = "#customer.id")
        public Report export(Customer customer, int year) {
            return client.export(customer, year);
        }
    }

    private static RateLimiterProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.rate-limiter",
                        Bindable.of(RateLimiterProperties.class),
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
