package io.steadfast.failover.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;
import io.steadfast.core.Instance;
import io.steadfast.core.PolicyRuntime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real sockets. */
class SocketChecksTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicReference<String> asked = new AtomicReference<>("");

    private volatile int status = 200;

    private volatile boolean leaving;

    private volatile @Nullable String envoySays;

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (leaving) {
                exchange.getResponseHeaders().set("Resilience-Instance", "draining");
            }
            if (envoySays != null) {
                exchange.getResponseHeaders().set("x-envoy-immediate-health-check-fail", envoySays);
            }
            exchange.getResponseHeaders().set("Location", "http://elsewhere.invalid/");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "200, PASSED",
        "204, PASSED",
        "302, PASSED",
        "404, REFUSED",
        "429, REFUSED",
        "500, REFUSED",
        "503, REFUSED"
    })
    void whenTheStatusIsKnown_thenItDecides(int answered, HealthVerdict.Outcome expected) throws Exception {
        status = answered;

        assertThat(new HttpHealthCheck("/up", null).check(instance(""), LONG).outcome())
                .isEqualTo(expected);
    }

    @Test
    void whenTheInstanceHasAPathAndTheCheckAPort_thenBothAreUsed() throws Exception {
        Instance elsewhere = Instance.of("pool", URI.create("http://localhost:1/base/"));
        new HttpHealthCheck("/up?deep=no", server.getAddress().getPort()).check(elsewhere, LONG);

        assertThat(asked.get()).isEqualTo("GET /base/up?deep=no");
    }

    @Test
    void whenAGoodAnswerSaysThatTheInstanceDrains_thenItIsOutAtOnce() throws Exception {
        leaving = true;

        assertThat(new HttpHealthCheck("/up", null).check(instance(""), LONG))
                .isEqualTo(HealthVerdict.refused("it is draining"));
    }

    @ParameterizedTest
    @CsvSource({"true,false", "'',false", "false,true", " FALSE ,true"})
    void whenEnvoysHeaderIsThere_thenTheInstanceIsOutUnlessItSaysFalse(String said, boolean healthy) throws Exception {
        envoySays = said;

        assertThat(new HttpHealthCheck("/up", null).check(instance(""), LONG).isPassed())
                .isEqualTo(healthy);
    }

    @Test
    void whenNobodyListens_thenChecksFailByException() throws Exception {
        Instance nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = Instance.of("pool", URI.create("http://localhost:" + socket.getLocalPort()));
        }

        assertThatThrownBy(() -> new HttpHealthCheck("/up", null).check(nobody, LONG))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new TcpHealthCheck(null).check(nobody, LONG)).isInstanceOf(IOException.class);
    }

    @Test
    void whenSomebodyListens_thenATcpCheckPasses() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            Instance database = Instance.of("pool", URI.create("jdbc-like://localhost:" + socket.getLocalPort()));

            assertThat(new TcpHealthCheck(null).check(database, LONG)).isEqualTo(HealthVerdict.passed());
        }
    }

    @Test
    void whenThereIsNoPort_thenATcpCheckSaysWhatToSet() throws Exception {
        assertThat(new TcpHealthCheck(null)
                        .check(Instance.of("pool", URI.create("amqp://broker")), LONG)
                        .why())
                .contains("health.port");
    }

    @Test
    void whenAServerAcceptsAndSaysNothing_thenTheCheckEndsAtItsTimeout() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            List<String> heard = heardOf(
                    new HttpHealthCheck("/up", null),
                    Instance.of("pool", URI.create("http://localhost:" + mute.getLocalPort())),
                    Duration.ofMillis(200));

            assertThat(heard.get(0)).startsWith("false: ");
        }
    }

    @Test
    void whenABodyNeverEnds_thenTheCheckEndsAtItsTimeout() throws Exception {
        server.createContext("/endless", exchange -> exchange.sendResponseHeaders(200, 1_000_000));

        List<String> heard = heardOf(new HttpHealthCheck("/endless", null), instance(""), Duration.ofMillis(200));

        assertThat(heard.get(0)).isEqualTo("false: no answer within 200ms");
    }

    @Test
    void whenAnInstanceDiesAndComesBack_thenBothAreNoticed() throws Exception {
        List<Boolean> heard = new CopyOnWriteArrayList<>();
        HealthConfig config = HealthConfig.builder(new HttpHealthCheck("/up", null))
                .interval(Duration.ofMillis(20))
                .unhealthyThreshold(2)
                .build();
        try (HealthChecks checks = new HealthChecks(
                config,
                PolicyRuntime.system(),
                () -> List.of(instance("")),
                () -> true,
                (instance, healthy, why) -> heard.add(healthy))) {
            checks.start();
            await().atMost(LONG).until(() -> heard.contains(true));
            status = 503;
            await().atMost(LONG).until(() -> heard.contains(false));
            status = 200;
            heard.clear();
            await().atMost(LONG).until(() -> heard.contains(true));
        }
    }

    private static List<String> heardOf(HealthCheck check, Instance instance, Duration timeout) {
        List<String> heard = new CopyOnWriteArrayList<>();
        HealthConfig config =
                HealthConfig.builder(check).jitter(0).timeout(timeout).build();
        try (HealthChecks checks = new HealthChecks(
                config,
                PolicyRuntime.system(),
                () -> List.of(instance),
                () -> true,
                (checked, healthy, why) -> heard.add(healthy + ": " + why))) {
            checks.start();
            await().atMost(LONG).until(() -> !heard.isEmpty());
        }
        return heard;
    }

    private Instance instance(String path) {
        return Instance.of(
                "pool", URI.create("http://localhost:" + server.getAddress().getPort() + path));
    }
}
