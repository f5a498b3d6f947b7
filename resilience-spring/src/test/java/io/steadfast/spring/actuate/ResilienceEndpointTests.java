package io.steadfast.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.toys.ToyPolicies;
import io.steadfast.spring.toys.ToyShop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.config.location=classpath:/io/steadfast/spring/actuate/endpoint.yml")
class ResilienceEndpointTests {

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private ToyShop shop;

    @Autowired
    private CallCatalogue catalogue;

    @BeforeEach
    void calm() {
        ToyPolicies.breaker(catalogue, "inventory").breakSnapshot(false);
        ToyPolicies.breaker(catalogue, "inventory").goTo("CLOSED");
    }

    @Test
    void whenAskedForAllCalls_thenListsThemByNameWithPoliciesOutermostFirst() throws Exception {
        DocumentContext json = json("/actuator/resilience");

        assertThat(json.<List<String>>read("$.calls[*].name"))
                .containsExactly("ToyShop.find", "eu/west/prices", "inventory");
        assertThat(json.<Map<String, Object>>read("$.calls[2]"))
                .containsOnlyKeys("name", "methods", "policies", "trouble")
                .containsEntry("name", "inventory")
                .containsEntry("methods", List.of("ToyShop.stock(String)"))
                .containsEntry("policies", List.of("retry", "circuit-breaker"));
        assertThat(json.<List<Object>>read("$.changes")).isEmpty();
    }

    @Test
    void whenNothingIsWrong_thenTroubleIsThereAndNull() throws Exception {
        assertThat(get("/actuator/resilience").body()).contains("\"trouble\":null");
    }

    @Test
    void whenTheBreakerIsOpen_thenTroubleSaysSo() throws Exception {
        ToyPolicies.breaker(catalogue, "inventory").goTo("OPEN");

        assertThat(json("/actuator/resilience").<String>read("$.calls[2].trouble"))
                .isEqualTo("circuit-breaker 'inventory' is OPEN");
    }

    @Test
    void whenAskedForOneCall_thenShowsStatesAndValuesWithTheirOrigins() throws Exception {
        DocumentContext json = json("/actuator/resilience/inventory");

        assertThat(json.<String>read("$.name")).isEqualTo("inventory");
        assertThat(json.<List<String>>read("$.methods")).containsExactly("ToyShop.stock(String)");
        assertThat(json.<List<String>>read("$.pipeline[*].policy")).containsExactly("retry", "circuit-breaker");
        assertThat(json.<List<String>>read("$.pipeline[*].instance")).containsExactly("inventory", "inventory");
        assertThat(json.<Object>read("$.pipeline[1].state"))
                .isEqualTo(Map.of("state", "CLOSED", "failure-rate", 12.5, "odd", "NEW"));
        assertThat(json.<Object>read("$.pipeline[0].values.max-attempts.value")).isEqualTo(4);
        assertThat(json.<String>read("$.pipeline[0].values.max-attempts.origin"))
                .isEqualTo("class path resource [io/steadfast/spring/actuate/endpoint.yml] - 5:23");
        assertThat(json.<String>read("$.pipeline[1].values.sliding-window-size.origin"))
                .endsWith("endpoint.yml] - 8:28");
    }

    @Test
    void whenAValueWasSetByNobody_thenItIsBuiltInAndMayBeNull() throws Exception {
        DocumentContext json = json("/actuator/resilience/inventory");

        assertThat(json.<Map<String, Object>>read("$.pipeline[0].values.result-predicate"))
                .containsEntry("value", null)
                .containsEntry("origin", "built in");
    }

    @Test
    void whenTheNameHasADot_thenItIsFound() throws Exception {
        DocumentContext json = json("/actuator/resilience/ToyShop.find");

        assertThat(json.<Object>read("$.pipeline[0].values.max-attempts"))
                .isEqualTo(Map.of("value", 2, "origin", "@ToyRetry on ToyShop.find"));
    }

    @Test
    void whenTheNameHasSlashes_thenItIsFound() throws Exception {
        assertThat(json("/actuator/resilience/eu/west/prices").<String>read("$.name"))
                .isEqualTo("eu/west/prices");
    }

    @Test
    void whenTheNameIsEncoded_thenItIsDecoded() throws Exception {
        assertThat(json("/actuator/resilience/%69nventory").<String>read("$.name"))
                .isEqualTo("inventory");
    }

    @Test
    void whenNoCallHasTheName_then404() throws Exception {
        assertThat(get("/actuator/resilience/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/resilience/inventory/more").statusCode()).isEqualTo(404);
    }

    @Test
    void whenSomebodyWrites_thenItIsRefused() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/actuator/resilience/inventory"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json")
                .build();

        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void whenCallsWereRetried_thenTheEventsTellWithoutStackTraces() throws Exception {
        shop.failNext(1, new IllegalArgumentException("boom\nand more"));
        shop.find("1");

        DocumentContext json = json("/actuator/resilience/ToyShop.find");

        assertThat(json.<Object>read("$.events[-1]"))
                .isEqualTo(Map.of(
                        "at", "2026-11-23T10:15:30Z",
                        "kind", "RETRYING",
                        "policy", "retry",
                        "detail",
                                "attempt 1 failed, next in 0 ms (java.lang.IllegalArgumentException: boom and more)"));
    }

    @Test
    void whenASnapshotThrows_thenTheRestIsShown() throws Exception {
        ToyPolicies.breaker(catalogue, "inventory").breakSnapshot(true);

        DocumentContext one = json("/actuator/resilience/inventory");
        DocumentContext all = json("/actuator/resilience");

        assertThat(one.<Object>read("$.pipeline[1].state"))
                .isEqualTo(Map.of("unreadable", "java.lang.IllegalStateException: no snapshot today"));
        assertThat(one.<Object>read("$.pipeline[0].state")).isEqualTo(Map.of("budget-balance", 7));
        assertThat(all.<String>read("$.calls[2].trouble"))
                .isEqualTo("circuit-breaker 'inventory' cannot say how it is:"
                        + " java.lang.IllegalStateException: no snapshot today");
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private DocumentContext json(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonPath.parse(response.body());
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(ToyPolicies.class)
    static class Application {

        @Bean
        ToyShop shop() {
            return new ToyShop();
        }

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC);
        }
    }
}
