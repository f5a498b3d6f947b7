package io.steadfast.spring.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.toys.ToyPolicies;
import io.steadfast.spring.toys.ToyShop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The stream over real HTTP, on both web stacks. */
@ExtendWith(OutputCaptureExtension.class)
class LiveStreamTests {

    private static final String HOSTILE =
            "</script><img src=x onerror=alert(1)>\r\n\ndata: {}\r\"'&\u0085\u2028 \ud83d\ude00 \ud800";

    private static final String TOMCAT_FOR_WEBFLUX =
            "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration";

    private final List<AutoCloseable> opened = new ArrayList<>();

    private ConfigurableApplicationContext context;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        context.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenAClientConnects_thenItGetsASnapshotTicksAndEvents(WebApplicationType stack) throws Exception {
        start(stack);
        call(HOSTILE, () -> "an answer");

        SseClient client = connect();
        DocumentContext snapshot = JsonPath.parse(client.next("snapshot").json());
        context.getBean(ToyShop.class).stock("tea");
        ToyPolicies.breaker(context.getBean(CallCatalogue.class), "inventory").goTo("OPEN");

        assertThat(snapshot.<List<String>>read("$.calls[*].name")).contains("inventory", HOSTILE);
        assertThat(snapshot.<Boolean>read("$.writable")).isFalse();
        assertThat(snapshot.<String>read("$.application")).isEqualTo("storefront");
        assertThat(snapshot.<String>read("$.instance")).endsWith(":" + port());
        assertThat(JsonPath.parse(client.next("event").json()).<Map<String, Object>>read("$"))
                .containsEntry("kind", "STATE_CHANGED")
                .containsEntry("policy", "circuit-breaker")
                .containsEntry("instance", "inventory");
        DocumentContext tick = JsonPath.parse(client.next("tick").json());
        assertThat(tick.<List<String>>read("$.calls[?(@.name=='inventory')].trouble"))
                .containsExactly("circuit-breaker 'inventory' is OPEN");
        assertThat(tick.<List<Integer>>read("$.calls[?(@.name=='inventory')].columns[*][1]"))
                .contains(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenAStreamBegins_thenProxiesAndCachesAreToldToLetItThrough(WebApplicationType stack) throws Exception {
        start(stack);

        SseClient client = connect();
        client.next("snapshot");

        assertThat(client.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(client.headers().allValues("X-Accel-Buffering")).containsExactly("no");
        assertThat(client.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenTheActuatorHasItsOwnPortAndPaths_thenTheyAreToldToo(WebApplicationType stack) throws Exception {
        start(
                stack,
                "spring.autoconfigure.exclude=" + TOMCAT_FOR_WEBFLUX, // both servers are here; WebFlux is to have Netty
                "management.server.port=0",
                "management.server.base-path=/ops",
                "management.endpoints.web.path-mapping.resiliencestream=watch");
        String port = context.getEnvironment().getRequiredProperty("local.management.port");

        SseClient client = new SseClient(URI.create("http://localhost:" + port + "/ops/actuator/watch"));
        opened.add(client);
        client.next("snapshot");

        assertThat(client.headers().allValues("X-Accel-Buffering")).containsExactly("no");
        assertThat(client.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenTheApplicationStopsWhileAClientDoesNotRead_thenItsConnectionIsClosed(
            WebApplicationType stack, CapturedOutput output) throws Exception {
        start(stack);
        SseClient reader = connect();
        reader.next("snapshot");
        connectWithoutReading();
        for (int turn = 0; turn < 60; turn++) { // more than sockets buffer, and not enough to be dropped
            turn(reader);
        }
        assertThat(output.getOut()).doesNotContain("was dropped");

        long before = System.nanoTime();
        context.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        reader.end().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenAClientNeverReads_thenItIsDroppedAndAnotherGoesOn(WebApplicationType stack, CapturedOutput output)
            throws Exception {
        start(stack);
        SseClient reader = connect();
        reader.next("snapshot");
        connectWithoutReading();
        LiveFeed feed = context.getBean(LiveFeed.class);
        for (int taken = 2; taken < LiveAudience.MOST; taken++) {
            feed.subscribe(new Idler(), false);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> !feed.hasRoom());
        int turns = 0;
        while (!output.getOut().contains("was dropped") && turns++ < 3000) {
            turn(reader);
        }

        assertThat(output.getOut()).containsOnlyOnce("was dropped");
        assertThat(reader.isOpen()).isTrue();
        assertThat(reader.next("tick")).isNotNull();
        await().atMost(Duration.ofSeconds(30)).until(feed::hasRoom);
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenAllPlacesAreTaken_thenTheNextIsRefusedUntilOneGoes(WebApplicationType stack, CapturedOutput output)
            throws Exception {
        start(stack);
        int told = output.getOut().length();
        SseClient first = connect();
        first.next("snapshot");
        for (int taken = 1; taken < LiveAudience.MOST; taken++) {
            connect().next("snapshot");
        }

        for (int more = 0; more < LiveAudience.MOST; more++) {
            assertThat(status()).isEqualTo(503);
        }
        for (AutoCloseable client : opened) {
            assertThat(((SseClient) client).next("tick")).isNotNull();
        }

        first.close();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> context.getBean(LiveFeed.class).hasRoom());
        connect().next("snapshot");
        assertThat(output.getOut().substring(told)).doesNotContain("ERROR").doesNotContain(" WARN ");
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenTheApplicationStops_thenStreamsEndAndHoldNothingUp(WebApplicationType stack) throws Exception {
        start(stack);
        SseClient client = connect();
        client.next("snapshot");

        long before = System.nanoTime();
        context.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        client.end().get(10, TimeUnit.SECONDS);
    }

    /** Tells all who watch some 80 kB, and waits until one of them has read it. */
    private void turn(SseClient reader) throws Exception {
        for (int number = 0; number < 40; number++) {
            call("call " + number + " x".repeat(1000), () -> "an answer");
        }
        context.getBean(LiveFeed.class).turn();
        assertThat(reader.next("tick")).isNotNull();
    }

    private void start(WebApplicationType stack, String... properties) {
        context = new SpringApplicationBuilder(Application.class)
                .web(stack)
                .properties(
                        "server.port=0",
                        "spring.application.name=storefront",
                        "server.shutdown=graceful",
                        "spring.lifecycle.timeout-per-shutdown-phase=60s",
                        "management.endpoints.web.exposure.include=resiliencestream")
                .properties(properties)
                .run();
    }

    private SseClient connect() {
        SseClient client = new SseClient(uri());
        opened.add(client);
        return client;
    }

    private void connectWithoutReading() throws IOException {
        Socket socket = new Socket();
        opened.add(socket);
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress("localhost", port()));
        socket.getOutputStream()
                .write("GET /actuator/resiliencestream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(US_ASCII));
    }

    private int status() throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri()).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private URI uri() {
        return URI.create("http://localhost:" + port() + "/actuator/resiliencestream");
    }

    private int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private void call(String name, Callable<String> body) throws Exception {
        Pipeline.named(name)
                .runtime(context.getBean(PolicyRuntime.class))
                .build()
                .call(body);
    }

    /** Takes a place. */
    private static final class Idler implements LiveSubscriber {

        @Override
        public boolean offer(Frame frame) {
            return true;
        }

        @Override
        public void ended() {}
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(ToyPolicies.class)
    static class Application {

        @Bean
        ToyShop shop() {
            return new ToyShop();
        }
    }
}
