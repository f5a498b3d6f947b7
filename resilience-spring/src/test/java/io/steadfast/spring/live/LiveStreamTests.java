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

    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\n\"'&";

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
    void whenAClientNeverReads_thenItIsDroppedAndAnotherGoesOn(WebApplicationType stack, CapturedOutput output)
            throws Exception {
        start(stack);
        List<String> names = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            names.add("call " + number + " x".repeat(2000));
        }
        SseClient reader = connect();
        reader.next("snapshot");
        connectWithoutReading();
        LiveFeed feed = context.getBean(LiveFeed.class);
        int turns = 0;
        while (!output.getOut().contains("was dropped") && turns++ < 3000) {
            for (String name : names) {
                call(name, () -> "an answer");
            }
            feed.turn();
            assertThat(reader.next("tick")).isNotNull();
        }

        assertThat(output.getOut()).containsOnlyOnce("was dropped");
        assertThat(reader.isOpen()).isTrue();
        assertThat(reader.next("tick")).isNotNull();
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

        assertThat(status()).isEqualTo(503);

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

    private void start(WebApplicationType stack) {
        context = new SpringApplicationBuilder(Application.class)
                .web(stack)
                .properties(
                        "server.port=0",
                        "spring.application.name=storefront",
                        "server.shutdown=graceful",
                        "spring.lifecycle.timeout-per-shutdown-phase=60s",
                        "management.endpoints.web.exposure.include=resiliencestream")
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
