package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.steadfast.spring.live.LiveFeed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The page and its API over HTTP, the same on both stacks; nothing exposed on the actuator, changes allowed. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTests {

    private final WebApplicationType stack;

    private RunningShop shop;

    PageTests(WebApplicationType stack) {
        this.stack = stack;
    }

    @BeforeAll
    void open() {
        shop = RunningShop.open(stack, "--management.endpoint.resilience.access=unrestricted");
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void whenThePageIsAskedFor_thenItComesWithAStrictPolicy() {
        HttpResponse<String> page = shop.get("/resilience/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).contains("<title>Resilience</title>").doesNotContain("http://", "https://");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue(
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void whenTheSlashIsMissing_thenARelativeRedirectionAddsIt() {
        HttpResponse<String> page = shop.get("/resilience");

        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValue("resilience/");
    }

    @Test
    void whenAFileIsKnownAlready_thenItIsNotSentAgain() {
        HttpResponse<String> first = shop.get("/resilience/main.js");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = shop.get("/resilience/main.js", "If-None-Match", tag);

        assertThat(first.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/resilience/nothing.js",
                "/resilience/..%2F..%2Fautoconfigure%2FDashboardProperties.class",
                "/resilience/../autoconfigure/DashboardProperties.class",
                "/resilience/%2e%2e/autoconfigure/DashboardProperties.class",
                "/resilience/package-info.class",
                "/resilience/sub/index.html"
            })
    void whenAnythingElseIsAskedFor_thenItIsNotThere(String path) {
        assertThat(shop.get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void whenASnapshotIsAskedFor_thenEachCallIsInIt_andNothingIsKept() {
        HttpResponse<String> snapshot = shop.get("/resilience/api/snapshot");

        assertThat(snapshot.statusCode()).isEqualTo(200);
        assertThat(snapshot.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(RunningShop.<Object>json(snapshot, "$.calls[*].name").toString())
                .contains("stock", "upper");
        assertThat(RunningShop.<Boolean>json(snapshot, "$.writable")).isTrue();
        assertThat(RunningShop.<String>json(snapshot, "$.application")).isEqualTo("shop");
    }

    @Test
    void whenTheStreamIsOpened_thenItBeginsWithASnapshot_andTicks() throws IOException {
        URI stream = URI.create("http://localhost:" + shop.port() + "/resilience/api/stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.toURL().openStream(), StandardCharsets.UTF_8))) {
            assertThat(next(lines, "event:")).isEqualTo("event:snapshot");
            assertThat(next(lines, "data:")).contains("\"stock\"");
            assertThat(next(lines, "event:tick")).isNotNull();
        }
    }

    @Test
    void whenAStreamEnds_thenNothingElseIsServedInItsPlace(CapturedOutput output) throws IOException {
        URI stream = URI.create("http://localhost:" + shop.port() + "/resilience/api/stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.toURL().openStream(), StandardCharsets.UTF_8))) {
            assertThat(next(lines, "event:")).isEqualTo("event:snapshot");
            shop.bean(LiveFeed.class).stop();
            assertThat(lines.lines()).noneMatch(line -> line.contains("Not Found"));
        } finally {
            shop.bean(LiveFeed.class).start();
        }

        assertThat(output).doesNotContain("NoResourceFoundException", "Circular view path");
    }

    private static String next(BufferedReader lines, String beginning) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = lines.readLine();
        }
        return line;
    }

    @Test
    void whenOneCallIsAskedFor_thenItsPipelineComes() {
        HttpResponse<String> call = shop.get("/resilience/api/calls?name=stock");

        assertThat(call.statusCode()).isEqualTo(200);
        assertThat(RunningShop.<Object>json(call, "$.pipeline[*].policy").toString())
                .isEqualTo("[\"retry\",\"circuit-breaker\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Shop.Shelf.SLASH,
                Shop.Shelf.CLIMBING,
                Shop.Shelf.DOTS,
                Shop.Shelf.ESCAPED,
                Shop.Shelf.PARAMETER,
                Shop.Shelf.BLANKS,
                Shop.Shelf.QUOTES,
                Shop.Shelf.PLUS,
                Shop.Shelf.QUERY,
                Shop.Shelf.UNICODE
            })
    void whenANameIsOdd_thenExactlyThatCallIsReadAndChanged(String name) {
        assertThat(RunningShop.<String>json(shop.get(call(name)), "$.name")).isEqualTo(name);

        HttpResponse<String> changed =
                shop.change(call(name), "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\"}");

        assertThat(RunningShop.<String>json(changed, "$.call.name")).isEqualTo(name);
        List<String> inForce = RunningShop.json(shop.get("/resilience/api/snapshot"), "$.changes[*].call");
        shop.change(call(name), "{\"action\":\"undo\",\"policy\":\"circuit-breaker\"}");
        assertThat(inForce).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x/../stock", "./stock", "stock/", "/stock", "stock;x", "stock ", "STOCK", "stock%00", "%73tock"
            })
    void whenANameOnlyReadsLikeAnother_thenNoOtherCallIsReadOrChanged(String name) {
        assertThat(shop.get(call(name)).statusCode()).isEqualTo(404);
        assertThat(shop.change(call(name), "{\"action\":\"reset\",\"policy\":\"circuit-breaker\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?name=stock&name=shelf/upper", "?call=stock"})
    void whenNoOneCallIsNamed_thenNoneIsReadOrChanged(String query) {
        assertThat(shop.get("/resilience/api/calls" + query).statusCode()).isEqualTo(400);
        assertThat(shop.change("/resilience/api/calls" + query, "{\"action\":\"reset\",\"policy\":\"circuit-breaker\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    /** As {@code encodeURIComponent} has it. */
    private static String call(String name) {
        return "/resilience/api/calls?name="
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void whenThereIsNoSuchCall_thenTheAnswerIs404() {
        HttpResponse<String> call = shop.get("/resilience/api/calls?name=nobody");

        assertThat(call.statusCode()).isEqualTo(404);
        assertThat(call.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void whenThePageChangesSomething_thenItIsInForce_andCanBeTakenBack() {
        HttpResponse<String> opened = shop.change(
                "/resilience/api/calls?name=stock",
                "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\",\"for\":\"30s\"}");

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(breaker()).isEqualTo("FORCED_OPEN");
        assertThat(shop.change(
                                "/resilience/api/calls?name=stock",
                                "{\"action\":\"undo\",\"policy\":\"circuit-breaker\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(breaker()).isEqualTo("CLOSED");
    }

    private String breaker() {
        return RunningShop.json(shop.get("/resilience/api/calls?name=stock"), "$.pipeline[1].state.state");
    }

    @Test
    void whenAPolicyIsShown_thenSoIsWhatMayBeAskedOfItNow() {
        assertThat(RunningShop.<List<List<String>>>json(
                        shop.get("/resilience/api/calls?name=stock"), "$.pipeline[*].actions"))
                .containsExactly(
                        List.of("reset", "disable", "change"),
                        List.of("force-open", "force-closed", "reset", "disable", "change"));

        HttpResponse<String> disabled =
                shop.change("/resilience/api/calls?name=stock", "{\"action\":\"disable\",\"policy\":\"retry\"}");

        assertThat(RunningShop.<List<String>>json(disabled, "$.call.pipeline[0].actions"))
                .containsExactly("enable", "change");
        shop.change("/resilience/api/calls?name=stock", "{\"action\":\"undo\",\"policy\":\"retry\"}");
    }

    @Test
    void whenAChangeMakesNoSense_thenItIsRefusedWithAReason() {
        HttpResponse<String> refused = shop.change("/resilience/api/calls?name=stock", "{\"action\":\"explode\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningShop.<String>json(refused, "$.detail")).contains("explode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"action\":", "text"})
    void whenTheBodyIsNoObject_thenItIsRefusedWithAReason(String body) {
        HttpResponse<String> refused = shop.change("/resilience/api/calls?name=stock", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningShop.<String>json(refused, "$.detail")).contains("JSON object");
    }

    @Test
    void whenTheBodyIsTooLong_thenItIsRefused() {
        assertThat(shop.change("/resilience/api/calls?name=stock", " ".repeat(70_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void whenAFormOfAnotherSiteIsSent_thenItIsRefused() {
        String body = "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\"}";
        String path = "/resilience/api/calls?name=stock";
        String[] own = {"Content-Type", "application/json", "X-Steadfast", "dashboard"};

        assertThat(shop.post(path, body, "Content-Type", "text/plain").statusCode())
                .isEqualTo(415);
        assertThat(shop.post(path, body, "Content-Type", "application/json").statusCode())
                .isEqualTo(403);
        assertThat(shop.post(path, body, own[0], own[1], own[2], own[3], "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(shop.post(path, body, own[0], own[1], own[2], own[3], "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(breaker()).isEqualTo("CLOSED");
    }

    @Test
    void whenTheServiceIsAskedFor_thenThisInstanceIsAllOfIt() {
        HttpResponse<String> service = shop.get("/resilience/api/service/snapshot");

        assertThat(service.statusCode()).isEqualTo(200);
        assertThat(RunningShop.<Integer>json(service, "$.instances.length()")).isEqualTo(1);
        assertThat(RunningShop.<Boolean>json(service, "$.instances[0].reachable"))
                .isTrue();
        assertThat(RunningShop.<Object>json(service, "$.calls[*].name").toString())
                .contains("stock");
    }
}
