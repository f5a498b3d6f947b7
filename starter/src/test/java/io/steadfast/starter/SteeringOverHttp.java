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
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.steadfast.spring.GuardEngine;
import io.steadfast.spring.actuate.AuditPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.context.annotation.Import;

/** What an operator types, on whichever web stack. */
@Import(InMemoryAuditEventRepository.class)
abstract class SteeringOverHttp {

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.management.port:${local.server.port}}")
    private int port;

    @Autowired
    private SteeredShop shop;

    @Autowired
    private GuardEngine engine;

    @Autowired
    private AuditEventRepository audit;

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
        for (String body : List.of(
                "",
                "[]",
                "null",
                "7",
                "{\"values\":".repeat(6000),
                "{\"action\":",
                "{\"values\":{\"a\":1}",
                "x".repeat(200_000))) {
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

    @Test
    void whenBodyOrQueryNameAnotherCall_thenThePathDecides() throws Exception {
        HttpResponse<String> answer =
                post("SteeredShop.bill?name=stock", "{\"action\":\"disable\",\"policy\":\"retry\",\"name\":\"stock\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(answer.body(), "$.call.name")).isEqualTo("SteeredShop.bill");
        assertThat(JsonPath.<List<String>>read(get("").body(), "$.changes[*].instance"))
                .containsExactly("bill");
        assertThat(JsonPath.<String>read(get("/card?name=stock").body(), "$.name"))
                .isEqualTo("card");
    }

    @Test
    void whenBodyOrQueryPassAnotherPath_thenNothingIsDone() throws Exception {
        String plain = "{\"action\":\"disable\",\"policy\":\"retry\"}";
        for (HttpResponse<String> answer : List.of(
                post("SteeredShop.bill?path=stock", plain),
                post("SteeredShop.bill?path=stock&path=x", plain),
                post("SteeredShop.bill", "{\"action\":\"disable\",\"policy\":\"retry\",\"path\":\"stock\"}"),
                get("/card?path=stock"))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            conforms(answer.body(), "problem");
            assertThat(answer.body()).contains("The path of a request says what it is about");
        }
        assertThat(changesInForce()).isZero();
    }

    @Test
    void whenBodyOrQueryNameAnotherPool_thenThePathDecides() throws Exception {
        String drain = "{\"action\":\"drain\",\"instance\":\"10.0.0.1:8080\",\"for\":\"1h\",\"name\":\"stock\"}";
        HttpResponse<String> drained = send("/actuator/failover/spare?name=stock", drain);
        assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(drained.body(), "$.name")).isEqualTo("spare");
        assertThat(send("/actuator/failover/spare?path=stock", drain).statusCode())
                .isEqualTo(400);
        assertThat(send("/actuator/failover/spare", drain.replace("\"name\"", "\"path\""))
                        .statusCode())
                .isEqualTo(400);

        HttpResponse<String> restored =
                send("/actuator/failover/stock", "{\"action\":\"restore\",\"instance\":\"10.0.0.2:8080\"}");
        assertThat(JsonPath.<List<String>>read(restored.body(), "$.instances[*].status"))
                .containsOnly("available");
    }

    /** What somebody sends, and the only call that it may reach; a server may also refuse to understand it. */
    @ParameterizedTest
    @MethodSource("paths")
    void whenANameIsOdd_thenThatCallIsReached_orNone(String path, String only, boolean always) throws Exception {
        for (HttpResponse<String> answer :
                List.of(get("/" + path), post(path, "{\"action\":\"reset\",\"policy\":\"retry\"}"))) {
            if (always) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            if (answer.statusCode() == 200) {
                String name = answer.request().method().equals("GET") ? "$.name" : "$.call.name";
                assertThat(JsonPath.<String>read(answer.body(), name)).isEqualTo(only);
            } else {
                assertThat(answer.statusCode()).isBetween(400, 499);
            }
        }
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                Arguments.of("a/b", "a/b", true),
                Arguments.of("a//b", "a//b", false),
                Arguments.of("a%2Fb", "a/b", false),
                Arguments.of("a%2F%2Fb", "a//b", false),
                Arguments.of("a%252Fb", "a%2Fb", false),
                Arguments.of("b", "b", true),
                Arguments.of("/b", "", false),
                Arguments.of("b/", "", false),
                Arguments.of("./b", "", false),
                Arguments.of("..", "..", false),
                Arguments.of("%2e%2e", "..", false),
                Arguments.of("a/../b", "a/../b", false),
                Arguments.of("a/%2E%2e/b", "a/../b", false),
                Arguments.of("x;y=1", "x;y=1", false),
                Arguments.of("x%3By=1", "x;y=1", false),
                Arguments.of("x%00", "", false),
                Arguments.of("B", "", false),
                Arguments.of("100%25", "100%", false),
                Arguments.of("%C3%BCber%20%E6%9D%B1%E4%BA%AC%20%27%22", "\u00fcber \u6771\u4eac '\"", true),
                Arguments.of(SteeredShop.LONG, SteeredShop.LONG, true),
                Arguments.of(SteeredShop.LONG + "x".repeat(3000), "", false));
    }

    @Test
    void whenAFieldOrATimeIsNotUnderstood_thenNothingIsDone() throws Exception {
        for (String mistake : List.of(
                "\"For\":\"10s\"",
                "\"duration\":\"10s\"",
                "\"until\":\"10s\"",
                "\"for\":30",
                "\"for\":\"0s\"",
                "\"for\":\"-1s\"",
                "\"for\":\"PT0.0S\"",
                "\"for\":\"31d\"",
                "\"for\":\"PT9999999H\"",
                "\"for\":\"99999999999999999999s\"",
                "\"for\":\"9223372036854775807d\"")) {
            HttpResponse<String> answer =
                    post("card", "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\"," + mistake + "}");

            assertThat(answer.statusCode()).as(mistake).isEqualTo(400);
            conforms(answer.body(), "problem");
        }
        assertThat(changesInForce()).isZero();
    }

    @Test
    void whenAnActionIsInCapitals_thenItIsUnderstood() throws Exception {
        HttpResponse<String> answer = post("card", "{\"action\":\"FORCE-OPEN\",\"policy\":\"circuit-breaker\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(get("").body(), "$.changes[0].action")).isEqualTo("force-open");
    }

    @Test
    void whenSomethingIsChangedAndUndone_thenBothAreAudited_withWhoAndWhat() throws Exception {
        Instant before = Instant.now();
        post(
                "SteeredShop.bill",
                "{\"action\":\"change\",\"policy\":\"retry\",\"values\":{\"max-attempts\":4},\"for\":\"5m\"}");
        String until = JsonPath.read(get("").body(), "$.changes[0].until");
        post("SteeredShop.bill", "{\"action\":\"undo\"}");
        post("SteeredShop.bill", "{\"action\":\"change\",\"policy\":\"retry\",\"values\":{\"max-attempts\":0}}");

        List<AuditEvent> events = audit.find(null, before.minusMillis(1), AuditPublisher.TYPE);
        assertThat(events).extracting(AuditEvent::getPrincipal).containsOnly(asker());
        assertThat(events)
                .extracting(event -> event.getData().get("kind"))
                .containsExactly("MADE", "UNDONE", "REFUSED");
        assertThat(events.get(0).getData())
                .containsEntry("call", "SteeredShop.bill")
                .containsEntry("policy", "retry")
                .containsEntry("instance", "bill")
                .containsEntry("action", "change")
                .containsEntry("values", Map.of("max-attempts", "4"))
                .containsEntry("before", Map.of("max-attempts", 2))
                .containsEntry("until", until);
        assertThat(events.get(1).getData())
                .containsEntry("change", events.get(0).getData().get("change"));
        assertThat(events.get(2).getData().get("reasons")).asString().contains("max-attempts");
    }

    @Test
    void whenEveryPolicyIsAskedFor_thenAllItsSettingsAreShown() throws Exception {
        String detail = get("/stock").body();
        for (String section : engine.sections().names()) {
            Set<String> shown = new TreeSet<>();
            for (Map<String, ?> values : JsonPath.<List<Map<String, ?>>>read(
                    detail, "$.pipeline[?(@.policy =~ /" + section + "(\\.total)?/)].values")) {
                shown.addAll(values.keySet());
            }
            assertThat(shown).as(section).containsAll(engine.sections().keys(section));
        }
        conforms(detail, "detail");
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

    private HttpResponse<String> send(String path, String body) throws Exception {
        return client.send(
                requestTo(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String call, String body) throws Exception {
        return send("/actuator/resilience/" + call, body);
    }

    private HttpRequest.Builder request(String path) {
        return requestTo("/actuator/resilience" + path);
    }

    private HttpRequest.Builder requestTo(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (!asker().isEmpty()) {
            String login = Base64.getEncoder().encodeToString((asker() + ":secret").getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        return request;
    }
}
