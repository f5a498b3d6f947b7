package io.steadfast.dashboard.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances behind real sockets that do as they should, and worse. */
class PeersTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String STOCK = "{\"calls\":[{\"name\":\"stock\",\"rate\":1.0}]}";

    private final ManualTimer timer = new ManualTimer();

    private final Self self = new Self();

    private final CountDownLatch end = new CountDownLatch(1);

    private HttpServer server;

    private Optional<String> authorization = Optional.empty();

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> new Thread(task).start());
        server.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void whenAPeerAnswers_thenItsCallsAreAddedToOurs() {
        serve("/good", exchange -> answer(exchange, 200, STOCK));

        DocumentContext view = view("/good");

        assertThat(view.<List<Boolean>>read("$.instances[*].reachable")).containsExactly(true, true);
        assertThat(view.<Double>read("$.calls[0].rate")).isEqualTo(2.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "[]",
                "7",
                "null",
                "{}",
                "{\"calls\":{}}",
                "{\"calls\":[",
                "<html>",
                "{\"calls\":[]"
            })
    void whenAPeerAnswersSomethingElse_thenItIsSaid_andOursAreShown(String body) {
        serve("/odd", exchange -> answer(exchange, 200, body));

        assertFailure(view("/odd"), "its answer is no snapshot");
    }

    @Test
    void whenAPeerAnswersInDepth_thenItIsNoSnapshot() {
        serve("/deep", exchange -> answer(exchange, 200, "{\"calls\":" + "[".repeat(1_000_000)));

        assertFailure(view("/deep"), "its answer is no snapshot");
    }

    @Test
    void whenAPeersAnswerHasNoEnd_thenItIsCutOff() {
        byte[] much = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        CountDownLatch cut = new CountDownLatch(1);
        serve("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    body.write(much);
                }
            } catch (IOException closed) {
                cut.countDown();
            }
        });

        assertFailure(view("/endless"), "its answer is longer than 16777216 bytes");
        assertThat(passed(cut)).isTrue();
    }

    @Test
    void whenAPeerNeverEndsItsAnswer_thenNobodyWaitsLongerThanTheTimeout_norTheNextTime() {
        CountDownLatch begun = new CountDownLatch(1);
        serve("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            begun.countDown();
            passed(end);
        });
        ServiceView service = service("/slow");
        CompletableFuture<String> first = service.ask(() -> STOCK);
        assertThat(passed(begun)).isTrue();
        assertThat(first).isNotDone();

        timer.advance(TIMEOUT);

        assertFailure(JsonPath.parse(first.join()), "no answer within 30000 ms");
        assertThat(service.ask(() -> STOCK)).isDone();
    }

    @Test
    void whenAPeerSendsUsElsewhere_thenNobodyGoesThere() {
        AtomicInteger visits = new AtomicInteger();
        serve("/elsewhere", exchange -> {
            visits.incrementAndGet();
            answer(exchange, 200, STOCK);
        });
        serve("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", address("/elsewhere") + "/api");
            answer(exchange, 302, "");
        });

        assertFailure(view("/moved"), "status 302");
        assertThat(visits).hasValue(0);
    }

    @Test
    void whenAPeerRefuses_thenThePageSaysWhatToDo() {
        serve("/closed", exchange -> answer(exchange, 403, ""));

        assertThat(view("/closed").<String>read("$.instances[1].error"))
                .contains("403", "peer-authorization", "resilience.dashboard.enabled=true");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403})
    void whenAPeerIsThisInstance_thenItIsNamedAsThePeer_andCountsOnce(int status) {
        serve("/self", exchange -> {
            exchange.getResponseHeaders().set(Self.HEADER, self.run());
            answer(exchange, status, STOCK);
        });

        DocumentContext view = view("/self", "/self/");

        assertThat(view.<List<String>>read("$.instances[*].id")).containsExactly("/self");
        assertThat(view.<Double>read("$.calls[0].rate")).isEqualTo(1.0);
    }

    @Test
    void whenOneInstanceIsKnownByTwoAddresses_thenItsCallsCountOnce() {
        String run = new Self().run();
        HttpHandler handler = exchange -> {
            exchange.getResponseHeaders().set(Self.HEADER, run);
            answer(exchange, 200, STOCK);
        };
        serve("/listed", handler);
        serve("/registered", handler);

        DocumentContext view = view("/listed", "/registered", "/listed");

        assertThat(view.<List<String>>read("$.instances[*].id")).containsExactly("this one", "/listed");
        assertThat(view.<Double>read("$.calls[0].rate")).isEqualTo(2.0);
    }

    @Test
    void whenCredentialsCannotBeSent_thenTheyAreNotShownEither() {
        serve("/good", exchange -> answer(exchange, 200, STOCK));
        authorization = Optional.of("Basic sec\nret");

        assertThat(view("/good").<String>read("$.instances[1].error"))
                .contains("Authorization")
                .doesNotContain("sec");
    }

    @Test
    void whenCredentialsEndWithALine_thenTheyAreSentWithoutIt() {
        serve(
                "/good",
                exchange -> answer(
                        exchange,
                        "Basic secret".equals(exchange.getRequestHeaders().getFirst("Authorization")) ? 200 : 401,
                        STOCK));
        authorization = Optional.of("Basic secret\n");

        assertThat(view("/good").<Boolean>read("$.instances[1].reachable")).isTrue();
    }

    private void assertFailure(DocumentContext view, String error) {
        assertThat(view.<List<Boolean>>read("$.instances[*].reachable")).containsExactly(true, false);
        assertThat(view.<String>read("$.instances[1].error")).isEqualTo(error);
        assertThat(view.<Double>read("$.calls[0].rate")).isEqualTo(1.0);
    }

    private DocumentContext view(String... paths) {
        return JsonPath.parse(
                service(paths).ask(() -> STOCK).orTimeout(30, TimeUnit.SECONDS).join());
    }

    private ServiceView service(String... paths) {
        PeerClient client = new PeerClient("/api", TIMEOUT, peer -> authorization, self, timer);
        return new ServiceView(
                () -> List.of(paths).stream()
                        .map(path -> new Peer(path, URI.create(address(path))))
                        .toList(),
                client);
    }

    private String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static boolean passed(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
