package io.steadfast.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Everything that the board and the alerts ask, asked of a Prometheus that has scraped the storefront and an application with a pool. */
class BoardAndAlertsTests {

    private static final int SCRAPES = 20;

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    private static Shops shops;

    private static Prometheus prometheus;

    @BeforeAll
    static void start() throws Exception {
        Programs.installed(Programs.PROMTOOL);
        Programs.installed(Programs.PROMETHEUS);
        shops = new Shops();
        prometheus = Prometheus.start(shops.targets(), Alerts.RULES);
        await("scrapes of both, and the storefront's first open breaker")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> enoughScrapes()
                        && hasData("max_over_time(resilience_circuit_breaker_state{state=\"open\"}[10m]) == 1")
                        && hasData("resilience_failover_panic == 1"));
    }

    private static boolean enoughScrapes() throws IOException, InterruptedException {
        return prometheus.query("count_over_time(up[10m]) >= " + SCRAPES).size()
                == shops.targets().size();
    }

    private static boolean hasData(String expression) throws IOException, InterruptedException {
        return !prometheus.query(expression).isEmpty();
    }

    @AfterAll
    static void end() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (shops != null) {
            shops.close();
        }
    }

    static List<Board.Expression> expressions() throws IOException {
        return new Board().expressions();
    }

    static List<Alerts.Alert> alerts() throws IOException {
        return Alerts.all();
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void whenAPanelAsks_thenThereIsDataForOneOfTheApplications(Board.Expression expression) throws Exception {
        List<JsonNode> results = new ArrayList<>();
        for (String application : Shops.APPLICATIONS) {
            String filled = Board.filled(expression.text(), application);
            results.add(expression.overTime() ? prometheus.queryRange(filled) : prometheus.query(filled));
        }

        assertThat(results)
                .as(expression.text())
                .anySatisfy(result -> assertThat(result).anyMatch(BoardAndAlertsTests::hasANumber));
    }

    /** A series of nothing but "not a number" is drawn as nothing. */
    private static boolean hasANumber(JsonNode series) {
        return series.has("value")
                ? isNumber(series.path("value"))
                : series.path("values").valueStream().anyMatch(BoardAndAlertsTests::isNumber);
    }

    private static boolean isNumber(JsonNode sample) {
        return !sample.path(1).asString().equals("NaN");
    }

    @Test
    void whenAnAnnotationAsks_thenThereIsData() throws Exception {
        List<JsonNode> annotations = new Board().annotations().toList();

        assertThat(annotations).isNotEmpty();
        for (JsonNode annotation : annotations) {
            String expression = Board.filled(annotation.path("expr").asString(), "storefront");
            assertThat(prometheus.query("max_over_time((" + expression + ")[10m:1s])"))
                    .as(expression)
                    .isNotEmpty();
        }
    }

    @Test
    void whenAVariableAsksForItsValues_thenThereAreSome() throws Exception {
        for (JsonNode variable : new Board().variables()) {
            if (variable.path("type").asString().equals("query")) {
                Matcher query = LABEL_VALUES.matcher(variable.path("definition").asString());
                assertThat(query.matches()).as(variable.toString()).isTrue();
                assertThat(prometheus.series(Board.filled(query.group(1), "storefront")))
                        .as(query.group())
                        .anyMatch(series -> series.has(query.group(2)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void whenAnAlertLooks_thenThereIsSomethingToCompare(Alerts.Alert alert) throws Exception {
        assertThat(alert.withoutThreshold()).isNotEqualTo(alert.expression());

        assertThat(prometheus.query(alert.withoutThreshold()))
                .as(alert.expression())
                .isNotEmpty();
    }

    @Test
    void whenPrometheusHasLoadedTheAlerts_thenAllAreHealthy() throws Exception {
        await("every rule evaluated")
                .atMost(Duration.ofSeconds(30))
                .until(() -> prometheus
                        .rules()
                        .valueStream()
                        .noneMatch(rule -> rule.path("health").asString().equals("unknown")));

        assertThat(prometheus.rules())
                .hasSameSizeAs(Alerts.all())
                .allSatisfy(rule -> assertThat(rule.path("health").asString())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    @Test
    void whenAPoolIsInPanic_thenItsAlertComesUp() throws Exception {
        assertThat(prometheus.query("ALERTS{alertname=\"ResiliencePoolInPanic\", application=\"pools\"}"))
                .isNotEmpty();
    }

    @Test
    void whenPromtoolReadsAScrape_thenItHasNothingToSayAboutOurMeters() throws Exception {
        for (String target : shops.targets()) {
            Path scrape = Path.of("target", "scrape-" + target.replaceAll("\\D", "-") + ".txt");
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + target + "/actuator/prometheus"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofFile(scrape));

            Programs.Result result = Programs.promtool(scrape, "check", "metrics");

            assertThat(scrape).content().contains("resilience_calls_seconds_count");
            assertThat(result.code()).as(result.output()).isIn(0, 3); // 3: it has something to say
            assertThat(result.output().lines()).noneMatch(line -> line.startsWith("resilience"));
        }
    }
}
