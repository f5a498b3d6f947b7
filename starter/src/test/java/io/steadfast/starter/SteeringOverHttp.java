package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What an operator types, on whichever web stack. */
abstract class SteeringOverHttp {

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.management.port:${local.server.port}}")
    private int port;

    @Autowired
    private SteeredShop shop;

    /** Who asks, if anybody is to know. */
    String asker() {
        return "";
    }

    @AfterEach
    void undoAll() throws Exception {
        for (String id : JsonPath.<List<String>>read(get("").body(), "$.changes[*].id")) {
            String call = JsonPath.<List<String>>read(get("").body(), "$.changes[?(@.id=='" + id + "')].call")
                    .get(0);
            post(call, "{\"action\":\"undo\",\"values\":{\"id\":\"" + id + "\"}}");
        }
    }

    @Test
    void whenValuesAreChanged_thenTheAnswerHasTheIdAndTheCall() throws Exception {
        HttpResponse<String> answer = post(
                "SteeredShop.bill",
                "{\"action\":\"change\",\"policy\":\"retry\",\"values\":{\"max-attempts\":5,\"jitter\":\"none\"},\"for\":\"5m\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(answer.body(), "$.change")).startsWith("c");
        assertThat(JsonPath.<Integer>read(answer.body(), "$.call.pipeline[0].values['max-attempts'].value"))
                .isEqualTo(5);
        assertThat(JsonPath.<String>read(answer.body(), "$.call.pipeline[0].values['max-attempts'].origin"))
                .startsWith("changed by " + (asker().isEmpty() ? "hand" : asker()) + " (c")
                .contains(" until ");
        String list = get("").body();
        assertThat(JsonPath.<String>read(list, "$.changes[0].values['max-attempts']"))
                .isEqualTo("5");
        assertThat(JsonPath.<Integer>read(list, "$.changes[0].before['max-attempts']"))
                .isEqualTo(2);
        assertThat(JsonPath.<String>read(list, "$.changes[0].by")).isEqualTo(asker().isEmpty() ? null : asker());
        shop.down(true);
        assertThat(shop.entriesOf(shop::bill)).isEqualTo(5);
        shop.down(false);
        conforms(answer.body(), "written");
        conforms(list, "list");
    }

    @Test
    void whenABreakerIsForced_thenItIsSeenAndUndone() throws Exception {
        HttpResponse<String> forced =
                post("card", "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\",\"for\":\"10m\"}");
        assertThat(forced.statusCode()).as(forced.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(forced.body(), "$.call.pipeline[0].state.state"))
                .isEqualTo("FORCED_OPEN");
        assertThat(JsonPath.<List<String>>read(get("").body(), "$.calls[?(@.name=='card')].trouble"))
                .containsExactly("circuit-breaker 'card' is FORCED_OPEN");
        assertThat(JsonPath.<List<String>>read(forced.body(), "$.call.events[*].kind"))
                .contains("CHANGED_BY_HAND");

        HttpResponse<String> undone =
                post("card", "{\"action\":\"undo\",\"policy\":\"circuit-breaker\",\"values\":{}}");
        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(undone.body(), "$.call.pipeline[0].state.state"))
                .isEqualTo("CLOSED");
    }

    @Test
    void whenAPolicyIsDisabled_thenItIsStillShown_andTroubleNamesIt() throws Exception {
        HttpResponse<String> disabled = post("SteeredShop.bill", "{\"action\":\"disable\",\"policy\":\"retry\"}");

        assertThat(disabled.statusCode()).as(disabled.body()).isEqualTo(200);
        assertThat(JsonPath.<Boolean>read(disabled.body(), "$.call.pipeline[0].state.disabled"))
                .isTrue();
        assertThat(JsonPath.<List<String>>read(get("").body(), "$.calls[?(@.name=='SteeredShop.bill')].trouble")
                        .get(0))
                .startsWith("retry 'bill' is disabled by " + (asker().isEmpty() ? "hand" : asker()) + " (c");
        conforms(disabled.body(), "written");
    }

    @Test
    void whenARequestIsWrong_thenItIsAProblemWithAReason() throws Exception {
        for (String body : List.of(
                "{}",
                "{\"action\":\"explode\"}",
                "{\"action\":\"force-open\",\"policy\":\"retry\"}",
                "{\"action\":\"change\",\"policy\":\"retry\",\"values\":{\"max-attempts\":0}}",
                "{\"action\":\"change\",\"policy\":\"retry\",\"values\":{\"max-attempts\":{\"a\":1}}}",
                "{\"action\":\"change\",\"policy\":\"retry\",\"values\":\"five\"}",
                "{\"action\":\"disable\",\"policy\":\"retry\",\"for\":\"soon\"}",
                "{\"action\":\"disable\",\"policy\":\"retry\",\"for\":\"-3s\"}",
                "{\"action\":\"undo\",\"values\":{\"id\":\"c99999\"}}")) {
            HttpResponse<String> answer = post("SteeredShop.bill", body);

            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(JsonPath.<String>read(answer.body(), "$.detail"))
                    .as(body)
                    .isNotBlank();
            conforms(answer.body(), "problem");
        }
        assertThat(JsonPath.<List<Object>>read(get("").body(), "$.changes")).isEmpty();
    }

    @Test
    void whenNoCallHasTheName_thenNotFound() throws Exception {
        HttpResponse<String> answer = post("nobody", "{\"action\":\"disable\",\"policy\":\"retry\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        conforms(answer.body(), "problem");
        assertThat(get("/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void whenBodiesAreBroken_thenTheRequestIsRefused() throws Exception {
        for (String body : List.of("", "[]", "{\"action\":", "{\"values\":{\"a\":1}", "x".repeat(200_000))) {
            assertThat(post("SteeredShop.bill", body).statusCode())
                    .as(body.substring(0, Math.min(20, body.length())))
                    .isBetween(400, 499);
        }
    }

    @Test
    void whenEveryPolicyIsAskedFor_thenAnswersAreAsTheSchemaSays() throws Exception {
        shop.stock();
        conforms(get("").body(), "list");
        String detail = get("/stock").body();
        assertThat(JsonPath.<List<String>>read(detail, "$.pipeline[*].policy"))
                .containsExactly(
                        "fallback",
                        "timeout.total",
                        "retry",
                        "hedge",
                        "failover",
                        "circuit-breaker",
                        "rate-limiter",
                        "timeout",
                        "bulkhead");
        conforms(detail, "detail");
        assertThat(schema("detail").validate("{\"name\":\"stock\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    static void conforms(String json, String what) throws IOException {
        List<Error> errors = schema(what).validate(json, InputFormat.JSON);
        assertThat(errors).as(json).isEmpty();
    }

    private static Schema schema(String what) throws IOException {
        String text = Files.readString(Path.of("../docs/reference/actuator.schema.json"), StandardCharsets.UTF_8)
                .replace("\"$ref\": \"#/$defs/list\"", "\"$ref\": \"#/$defs/" + what + "\"");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    int anonymously(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/actuator/resilience/card"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    int changesInForce() throws Exception {
        return JsonPath.<List<Object>>read(get("").body(), "$.changes").size();
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String call, String body) throws Exception {
        return client.send(
                request("/" + call)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/resilience" + path));
        if (!asker().isEmpty()) {
            String login = Base64.getEncoder().encodeToString((asker() + ":secret").getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        return request;
    }
}
