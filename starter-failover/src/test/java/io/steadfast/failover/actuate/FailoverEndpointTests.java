package io.steadfast.failover.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import com.jayway.jsonpath.JsonPath;
import io.steadfast.failover.Failover;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=servlet",
            "management.endpoints.web.exposure.include=failover",
            "management.endpoint.failover.access=unrestricted",
            "resilience.failover.instances.stock.urls="
                    + "http://10.0.0.1:8080;zone=a;weight=2,http://10.0.0.2:8080;zone=b,http://10.0.0.3:8080;id=three"
        })
class FailoverEndpointTests {

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Test
    void whenAllPoolsAreAskedFor_thenEachIsATable() throws Exception {
        HttpResponse<String> answer = get("/actuator/failover");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(value(answer, "$.pools[0].name")).isEqualTo("stock");
        assertThat(value(answer, "$.pools[0].instances.length()")).isEqualTo("3");
    }

    @Test
    void whenAPoolIsAskedFor_thenEachLineIsAnInstance() throws Exception {
        HttpResponse<String> answer = get("/actuator/failover/stock");

        assertThat(value(answer, "$.name")).isEqualTo("stock");
        assertThat(value(answer, "$.panic")).isEqualTo("false");
        assertThat(value(answer, "$.instances[*].instance"))
                .isEqualTo("[\"10.0.0.1:8080\",\"10.0.0.2:8080\",\"three\"]");
        assertThat(value(answer, "$.instances[2].uri")).isEqualTo("http://10.0.0.3:8080");
        assertThat(value(answer, "$.instances[*].zone")).isEqualTo("[\"a\",\"b\",null]");
        assertThat(value(answer, "$.instances[*].weight")).isEqualTo("[2,1,1]");
        assertThat(value(answer, "$.instances[*].load")).isEqualTo("[0,0,0]");
        assertThat(value(answer, "$.instances[0].slowStartShare")).isEqualTo("1.0");
        assertThat(value(answer, "$.instances[0].timesEjected")).isEqualTo("0");
    }

    @Test
    void whenNoPoolHasTheName_thenNotFound() throws Exception {
        assertThat(get("/actuator/failover/nobody").statusCode()).isEqualTo(404);
        assertThat(post("nobody", "{\"action\": \"eject\", \"instance\": \"one\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whenAnInstanceIsEjected_thenForAsLongAsAsked_andRestoredWhenAsked() throws Exception {
        HttpResponse<String> ejected =
                post("stock", "{\"action\": \"eject\", \"instance\": \"three\", \"for\": \"90s\"}");
        assertThat(ejected.statusCode()).isEqualTo(200);
        assertThat(value(ejected, "$.instances[2].status")).isEqualTo("ejected");
        assertThat(value(ejected, "$.instances[2].ejectedFor")).matches("(89|90)s");
        assertThat(value(ejected, "$.instances[2].ejectedUntil")).contains("T");
        assertThat(value(ejected, "$.instances[2].reason")).isNotBlank().isNotEqualTo("null");

        HttpResponse<String> restored = post("stock", "{\"action\": \"restore\", \"instance\": \"three\"}");
        assertThat(value(restored, "$.instances[2].status")).isEqualTo("available");
        assertThat(value(restored, "$.instances[2].ejectedUntil")).isEqualTo("null");
    }

    @Test
    void whenNobodySaysForHowLong_thenItIsTenMinutes() throws Exception {
        HttpResponse<String> drained = post("stock", "{\"action\": \"drain\", \"instance\": \"three\"}");

        assertThat(value(drained, "$.instances[2].status")).isEqualTo("draining");
        assertThat(value(drained, "$.instances[2].ejectedFor")).matches("(599|600)s");
        assertThat(post("stock", "{\"action\": \"restore\", \"instance\": \"three\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whenARequestMakesNoSense_thenTheReasonIsAProblemDetail() throws Exception {
        refused(
                "{\"action\": \"explode\", \"instance\": \"three\"}",
                "There is no action 'explode': say one of eject, drain, restore");
        refused("{\"instance\": \"three\"}", "There is no action: say one of");
        refused(
                "{\"action\": \"eject\"}",
                "There is no instance in the request: say one of 10.0.0.1:8080, 10.0.0.2:8080, three");
        refused("{\"action\": \"eject\", \"instance\": \"four\"}", "The pool has no instance 'four'");
        refused("{\"action\": \"eject\", \"instance\": \"three\", \"for\": \"long\"}", "'long' is no duration");
        refused("{\"action\": \"eject\", \"instance\": \"three\", \"for\": \"30\"}", "'30' has no unit");
        refused(
                "{\"action\": \"eject\", \"instance\": \"three\", \"for\": \"0s\"}",
                "must be longer than 0 and at most 24h");
        refused(
                "{\"action\": \"eject\", \"instance\": \"three\", \"for\": \"25h\"}",
                "must be longer than 0 and at most 24h");
        assertThat(value(get("/actuator/failover/stock"), "$.instances[*].status"))
                .as("the running state is untouched")
                .doesNotContain("ejected");
    }

    private void refused(String body, String reason) throws Exception {
        HttpResponse<String> answer = post("stock", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(value(answer, "$.detail")).contains(reason);
    }

    private static String value(HttpResponse<String> answer, String path) {
        Object value = JsonPath.read(answer.body(), path);
        return String.valueOf(value);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String pool, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at("/actuator/failover/" + pool))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Stock stock() {
            return new Stock();
        }
    }

    static class Stock {

        @Failover("stock")
        public void call() {}
    }
}
