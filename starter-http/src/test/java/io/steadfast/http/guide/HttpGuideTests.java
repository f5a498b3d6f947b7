package io.steadfast.http.guide;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.PolicyEvent;
import io.steadfast.http.HttpRules;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.StatusTable;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;

/** The code, the settings and the table of {@code docs/guide/http.md}, each client over a real socket. */
class HttpGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/http.md");

    private static final Path SHOWN = Path.of("src/test/java/io/steadfast/http/guide/GuideClients.java");

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        SERVER.start();
        application = new SpringApplicationBuilder(GuideClients.Shop.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> settings(context, 0))
                .properties(
                        "logging.level.root=error",
                        "spring.main.banner-mode=off",
                        "resilience.retry.defaults.wait-duration=0",
                        "spring.http.serviceclient.inventory.base-url=${inventory.url}")
                .run("--inventory.url=" + SERVER.baseUrl());
    }

    @AfterAll
    static void stop() {
        application.close();
        SERVER.stop();
    }

    @BeforeEach
    void forget() {
        SERVER.resetAll();
    }

    /** The clients that the guide shows, each as it is asked for a product. */
    enum Client {
        ANNOTATED(beans -> beans.getBean(GuideClients.AnnotatedInventory.class).stock("7")),
        REST_CLIENT(beans -> beans.getBean(GuideClients.Inventory.class).stock("7")),
        REST_TEMPLATE(beans -> beans.getBean(GuideClients.OldInventory.class).stock("7")),
        WEB_CLIENT(beans ->
                beans.getBean(GuideClients.ReactiveInventory.class).stock("7").block()),
        IMPORTED_INTERFACE(
                beans -> beans.getBean(GuideClients.ImportedStockApi.class).stock("7")),
        INTERFACE_ON_REST_CLIENT(
                beans -> beans.getBean(GuideClients.StockApi.class).stock("7")),
        INTERFACE_ON_WEB_CLIENT(beans ->
                beans.getBean(GuideClients.ReactiveStockApi.class).stock("7").block()),
        FEIGN(beans -> beans.getBean(GuideClients.FeignStock.class).stock("7")),
        FEIGN_BY_HAND(beans -> beans.getBean(GuideClients.FeignByHand.class).stock("7")),
        REST_CLIENT_BY_HAND(beans -> beans.getBean(GuideClients.ByHand.class).blocking("7")),
        WEB_CLIENT_BY_HAND(
                beans -> beans.getBean(GuideClients.ByHand.class).reactive("7").block());

        private final Function<ApplicationContext, String> call;

        Client(Function<ApplicationContext, String> call) {
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheServerIsUnwell_thenEachClientOfTheGuideAsksAgain(Client client) {
        answers(503, 503, 200);

        assertThat(client.call.apply(application)).isEqualTo("answer 3");

        assertThat(sent("Resilience-Attempt")).containsExactly("1; max=3", "2; max=3", "3; max=3");
    }

    @ParameterizedTest
    @EnumSource
    void whenItIsTheCallersOwnMistake_thenNoClientOfTheGuideAsksAgain(Client client) {
        answers(404, 200);

        assertThat(catchThrowable(() -> client.call.apply(application))).hasMessageContaining("404");

        assertThat(SERVER.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void whenAPostFails_thenTheEventSaysWhatTheGuideSays() throws IOException {
        answers(503, 200);
        RecordingListener listener = application.getBean(RecordingListener.class);
        int before = listener.events().size();
        assertThat(catchThrowable(
                        () -> application.getBean(GuideClients.Orders.class).order("7")))
                .hasMessageContaining("503");

        String said = listener.events().stream()
                .skip(before)
                .filter(event -> event.kind() == PolicyEvent.Kind.RETRY_ABANDONED)
                .map(PolicyEvent::detail)
                .findFirst()
                .orElseThrow();
        assertThat(guide()).contains(said.replace("localhost", "inventory"));
    }

    @Test
    void whenAPostHasAKey_thenItIsRepeated() {
        answers(503, 200);

        assertThat(application.getBean(GuideClients.Orders.class).order("7", "order-4711"))
                .isEqualTo("answer 2");

        assertThat(sent("Idempotency-Key")).containsExactly("order-4711", "order-4711");
    }

    @Test
    void whenTheServerForbidsIt_thenNothingIsRepeated() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503).withHeader("Resilience-Retry", "no")));

        assertThat(catchThrowable(
                        () -> application.getBean(GuideClients.Inventory.class).stock("7")))
                .hasMessageContaining("503");

        assertThat(SERVER.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void whenTheConnectionBreaks_thenAGetIsRepeated() {
        SERVER.stubFor(any(anyUrl())
                .inScenario("break")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        SERVER.stubFor(any(anyUrl())
                .inScenario("break")
                .whenScenarioStateIs("well")
                .willReturn(aResponse().withBody("here again")));

        assertThat(application.getBean(GuideClients.Inventory.class).stock("7")).isEqualTo("here again");
    }

    @ParameterizedTest
    @CsvSource({
        "2xx 3xx,SUCCESS,200;204;301;304",
        "408 502 503 504,TRANSIENT,408;502;503;504",
        "429,THROTTLED,429",
        "other 4xx,CALLERS_OWN,400;401;404;409;422",
        "500 other 5xx,FAILURE,500;501;505;599"
    })
    void whenTheGuideSaysWhatAStatusMeans_thenItDoes(String row, Kind kind, String statuses) throws IOException {
        assertThat(Arrays.stream(statuses.split(";")).map(Integer::valueOf))
                .allSatisfy(status ->
                        assertThat(StatusTable.standard().kindOf(status)).isEqualTo(kind));
        String first = "| " + row.replace(" ", ", ").replace("other, ", "other ") + " | "
                + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " |";
        assertThat(guide()).contains(first);
    }

    @Test
    void whenTheGuideOverridesTheTable_thenItIsWhatTheClientGoesBy() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Plain.class)
                .web(WebApplicationType.NONE)
                .properties("logging.level.root=error", "spring.main.banner-mode=off")
                .initializers(overridden -> settings(overridden, 1))
                .run()) {
            HttpRules rules = context.getBean(HttpTargets.class)
                    .named("search")
                    .orElseThrow()
                    .rules();

            assertThat(rules.statuses().kindOf(500)).isEqualTo(Kind.TRANSIENT);
            assertThat(rules.statuses().kindOf(525)).isEqualTo(Kind.TRANSIENT);
            assertThat(rules.statuses().kindOf(503)).isEqualTo(Kind.FAILURE);
            assertThat(rules.statuses().kindOf(404)).isEqualTo(Kind.SUCCESS);
            assertThat(rules.quiet()).isTrue();
            assertThat(rules.pushBackCap()).isEqualTo(Duration.ofMinutes(1));
            assertThat(rules.idempotencyKey()).isTrue();
        }
    }

    @Test
    void whenTheGuideListsTheKeys_thenNoneIsMissing() throws IOException {
        String guide = guide();
        String metadata = new String(
                HttpGuideTests.class
                        .getResourceAsStream("/META-INF/spring-configuration-metadata.json")
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        assertThat(Pattern.compile("\"name\": \"resilience\\.http\\.defaults\\.([a-z.-]+)\"")
                        .matcher(metadata)
                        .results()
                        .map(found -> found.group(1))
                        .filter(key -> !List.of("push-back", "deadline", "statuses.keys")
                                .contains(key))
                        .distinct())
                .hasSize(11)
                .allSatisfy(key -> assertThat(guide).contains("| `" + key + "` |"));
    }

    @Test
    void whenTheGuideShowsJava_thenItIsCodeThatIsTriedHere() throws IOException {
        String source = squeezed(Files.readString(SHOWN));

        assertThat(blocks("java"))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }

    private static void settings(ConfigurableApplicationContext context, int block) {
        try {
            new YamlPropertySourceLoader()
                    .load(
                            "guide",
                            new ByteArrayResource(blocks("yaml").get(block).getBytes(StandardCharsets.UTF_8)))
                    .forEach(context.getEnvironment().getPropertySources()::addLast);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Answers one after the other; the last one stays. */
    private static void answers(int... statuses) {
        for (int i = 0; i < statuses.length; i++) {
            SERVER.stubFor(any(anyUrl())
                    .inScenario("answers")
                    .whenScenarioStateIs(state(i))
                    .willSetStateTo(state(Math.min(i + 1, statuses.length - 1)))
                    .willReturn(aResponse().withStatus(statuses[i]).withBody("answer " + (i + 1))));
        }
    }

    private static String state(int answered) {
        return answered == 0 ? Scenario.STARTED : "answered " + answered;
    }

    private static Stream<String> sent(String header) {
        List<LoggedRequest> requests = SERVER.findAll(anyRequestedFor(anyUrl()));
        return requests.stream().map(request -> request.getHeader(header));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(guide())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String guide() throws IOException {
        return Files.readString(GUIDE);
    }

    /** Layout differs between a page and a file, and there classes are nested. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "").replace("staticclass", "class");
    }
}
