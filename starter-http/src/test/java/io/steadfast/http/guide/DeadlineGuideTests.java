package io.steadfast.http.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.http.Exchange;
import io.steadfast.http.HttpOutcomeReader;
import io.steadfast.http.HttpRules;
import io.steadfast.http.HttpSurroundings;
import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.OutgoingRequest;
import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.TimeoutHeader;
import io.steadfast.http.inbound.Arrival;
import io.steadfast.http.inbound.ExpiryCounter;
import io.steadfast.http.inbound.HttpMeter;
import io.steadfast.http.inbound.InboundMode;
import io.steadfast.http.inbound.InboundReader;
import io.steadfast.http.inbound.InboundSettings;
import io.steadfast.http.inbound.Refusal;
import io.steadfast.http.inbound.Refusals;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The drawings and the settings of {@code docs/guide/deadlines.md}: the numbers are those that the classes come to. */
class DeadlineGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/deadlines.md");

    private static final String INBOUND = "resilience.http.inbound.";

    private static final Duration WAY = Duration.ofMillis(5);

    private final ManualTimer world = new ManualTimer();

    private final long start = world.ticker().nanos();

    private final HttpSurroundings surroundings =
            new HttpSurroundings(InstantSource.system(), world.ticker(), () -> 0, call -> 1);

    private final InboundReader reader = new InboundReader(
            new InboundSettings(
                    InboundMode.MEASURE,
                    List.of(ResilienceHeaders.TIMEOUT, ResilienceHeaders.GRPC_TIMEOUT),
                    Duration.ofMillis(1),
                    Duration.ofMinutes(1)),
            world.ticker(),
            ExpiryCounter.NONE);

    private final List<String> drawing = new ArrayList<>();

    @Test
    void whenAllGoesWell_thenTheFirstDrawingIsWhatHappens() throws Exception {
        String atOrders = fromGateway();
        world.sleep(WAY.toNanos());
        String atStock = arriveAtOrders(atOrders).call(() -> {
            draw(1, "left " + left());
            world.sleep(Duration.ofMillis(300).toNanos());
            return attempt(client("stock", stockPolicies()), 1);
        });
        world.sleep(WAY.toNanos());
        Objects.requireNonNull(arrive(atStock).deadline()).call(() -> {
            draw(2, "left " + left());
            world.sleep(Duration.ofMillis(100).toNanos());
            long seconds = Math.max(1, Deadline.remaining().orElseThrow().toSeconds());
            draw(2, "left " + left() + " -- query: " + seconds + " s -->");
            return null;
        });

        assertThat(guide()).contains(drawn());
    }

    @Test
    void whenTheLastServiceHangs_thenTheSecondDrawingIsWhatHappens() throws Exception {
        String atOrders = fromGateway();
        world.sleep(WAY.toNanos());
        Deadline deadline = arriveAtOrders(atOrders);
        drawing.clear();

        Throwable failure = catchThrowable(() -> deadline.call(() -> {
            world.sleep(Duration.ofMillis(300).toNanos());
            return hanging(client("stock", stockPolicies()));
        }));

        assertThat(failure).isInstanceOf(CallTimeoutException.class);
        Refusal answer = new Refusals(OutcomeReader.NONE).of(failure, false).orElseThrow();
        draw(1, "<-- " + answer.status());
        world.sleep(WAY.toNanos());
        draw(0, "left 0");
        assertThat(now()).isEqualTo(2000);
        assertThat(guide()).contains(drawn());
    }

    @Test
    void whenNothingIsLeft_thenNothingIsSent() {
        Exchange exchange = client("stock", List.of());

        assertThat(catchThrowable(() -> exchange.attempt(null, Deadline.in(Duration.ZERO, world.ticker()))))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void whenTheGuideShowsValuesOfTheHeader_thenTheyMeanWhatItSays() throws IOException {
        String guide = guide();
        Map<String, Duration> shown = Map.of(
                "800m", Duration.ofMillis(800),
                "1990000u", Duration.ofMillis(1990),
                "2S", Duration.ofSeconds(2),
                "1M", Duration.ofMinutes(1));

        assertThat(shown).allSatisfy((value, meaning) -> {
            assertThat(TimeoutHeader.parse(value)).hasValue(meaning.toNanos());
            assertThat(guide).contains("`" + value + "`");
        });
    }

    @Test
    void whenTheGuideListsTheKeys_thenTheyAreAllThereAre() throws IOException {
        String guide = guide();
        List<String> known = known();

        assertThat(known)
                .hasSizeGreaterThan(4)
                .allSatisfy(key -> assertThat(guide).contains("| `" + key + "` |"));
        assertThat(yaml(1).keySet()).allSatisfy(key -> assertThat(known).contains(key.replace(INBOUND, "")));
        assertThat(guide).contains(HttpMeter.EXPIRED.meterName());
    }

    @Test
    void whenTheGuideShowsAnAnswer_thenItIsTheOneThatIsSent() throws IOException {
        String body = new String(Refusal.EXPIRED.body(), StandardCharsets.UTF_8);

        assertThat(squeezed(guide()).replace(" ", "")).contains(body.replace(" ", ""));
    }

    private String fromGateway() throws Exception {
        TimeoutConfig total = TimeoutConfig.builder()
                .total(set("timeout.instances.orders.total"))
                .build();
        return attempt(client("orders", List.of(TimeoutPolicy.total("orders", total))), 0);
    }

    private Deadline arriveAtOrders(String header) {
        return Objects.requireNonNull(arrive(header).deadline());
    }

    private Arrival arrive(String header) {
        return reader.read(name -> name.equals(ResilienceHeaders.TIMEOUT) ? header : null);
    }

    /** What the service orders has configured for its client stock. */
    private List<Policy> stockPolicies() throws IOException {
        RetryConfig retries = RetryConfig.builder()
                .maxAttempts(Integer.parseInt(text("retry.instances.stock.max-attempts")))
                .waitDuration(set("retry.instances.stock.wait-duration"))
                .jitter(0)
                .build();
        TimeoutConfig limit = TimeoutConfig.builder()
                .limit(set("timeout.instances.stock.limit"))
                .build();
        return List.of(
                new RetryPolicy(new PolicyId("retry", "stock"), retries, runtime()),
                TimeoutPolicy.attempt("stock", limit));
    }

    private static Duration set(String key) throws IOException {
        return DurationStyle.detectAndParse(text(key));
    }

    /** What the first settings on the page say. */
    private static String text(String key) throws IOException {
        return String.valueOf(yaml(0).get("resilience." + key));
    }

    private static Map<String, Object> yaml(int block) throws IOException {
        byte[] text = blocks("yaml").get(block).getBytes(StandardCharsets.UTF_8);
        PropertySource<?> source = new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(text))
                .get(0);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
            values.put(key, Objects.requireNonNull(source.getProperty(key)));
        }
        return values;
    }

    private Exchange client(String name, List<Policy> policies) {
        Pipeline.Builder builder =
                Pipeline.named(name).runtime(runtime()).reader(new HttpOutcomeReader(List.of(), surroundings));
        policies.forEach(builder::policy);
        Pipeline pipeline = builder.build();
        HttpTarget target = HttpTarget.at(name, "http://" + name, List.of(), HttpRules.defaults(), () -> pipeline);
        OutgoingRequest request = new OutgoingRequest("GET", URI.create("http://" + name + "/1"), header -> null, true);
        return new HttpTargets(List.of(target), surroundings).exchange(target, request, null, false);
    }

    private PolicyRuntime runtime() {
        return new PolicyRuntime(world.ticker(), world, ResilienceListener.NONE);
    }

    /** Sends a request that is answered at once. */
    private String attempt(Exchange exchange, int column) throws Exception {
        return exchange.pipeline().call(() -> send(exchange, column));
    }

    /** Sends a request that is never answered, as often as it is tried. */
    private String hanging(Exchange exchange) throws Exception {
        Callable<String> attempt = () -> {
            String header = send(exchange, 1);
            world.sleep(WAY.toNanos());
            Deadline deadline = Objects.requireNonNull(arrive(header).deadline());
            draw(2, "left " + deadline.left().toMillis());
            world.sleep(deadline.left().toNanos());
            draw(2, "left 0");
            world.sleep(Duration.ofHours(1).toNanos());
            return header;
        };
        return exchange.pipeline().call(attempt);
    }

    private String send(Exchange exchange, int column) {
        Map<String, String> headers = exchange.attempt(
                        Call.current(), Deadline.current().orElse(null))
                .headers();
        String value = Objects.requireNonNull(headers.get(ResilienceHeaders.TIMEOUT));
        draw(column, "left " + left() + " -- " + value + " -->");
        return value;
    }

    private static long left() {
        Optional<Duration> left = Deadline.remaining();
        return left.orElseThrow().toMillis();
    }

    private long now() {
        return Duration.ofNanos(world.ticker().nanos() - start).toMillis();
    }

    private void draw(int column, String text) {
        drawing.add(String.format("%6d  %s%s", now(), " ".repeat(29 * column), text));
    }

    private String drawn() {
        return String.join("\n", drawing) + "\n";
    }

    /** The keys in the generated metadata. */
    private static List<String> known() throws IOException {
        try (InputStream metadata = Objects.requireNonNull(
                DeadlineGuideTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return Pattern.compile("\"name\": \"" + Pattern.quote(INBOUND) + "([a-z-]+)\"")
                    .matcher(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(guide())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }

    private static String guide() throws IOException {
        return Files.readString(GUIDE);
    }
}
