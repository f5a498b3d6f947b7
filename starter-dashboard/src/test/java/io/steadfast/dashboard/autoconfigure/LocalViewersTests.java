package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who sees the page over real sockets while nobody has said that it is to be shown and no rule guards it. */
@ExtendWith(OutputCaptureExtension.class)
abstract class LocalViewersTests {

    private static final String EVERYBODY = "--resilience.dashboard.enabled=true";

    private final WebApplicationType stack;

    LocalViewersTests(WebApplicationType stack) {
        this.stack = stack;
    }

    @Test
    void whenSomebodyHereAsks_thenThePageIsShown_otherwiseItIsNot_andTheLogSaysWhyOnce(CapturedOutput output)
            throws IOException {
        try (RunningShop shop = open()) {
            assertThat(status(shop, "localhost")).isEqualTo(200);
            assertThat(status(shop, "127.0.0.1:" + shop.port())).isEqualTo(200);
            assertThat(status(shop, "[::1]:" + shop.port())).isEqualTo(200);
            assertThat(output).doesNotContain("not shown");

            assertThat(status(shop, "evil.example:" + shop.port())).isEqualTo(403);
            assertThat(status(shop, "localhost", "X-Forwarded-For: 10.0.0.7")).isEqualTo(403);
            assertThat(status(shop, "localhost", "Forwarded: for=10.0.0.7")).isEqualTo(403);
            assertThat(status(shop, "localhost", "X-Real-IP: 10.0.0.7")).isEqualTo(403);
            assertThat(status(shop, "localhost", "Origin: http://evil.example")).isEqualTo(403);
            assertThat(output.toString().split("not shown, because", -1)).hasSize(2);
        }
    }

    @Test
    void whenAnOldRequestNamesNoHost_thenThePageIsNotShown() throws IOException {
        try (RunningShop shop = open()) {
            assertThat(answer(shop, List.of("GET /resilience/ HTTP/1.0"))).isIn(400, 403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"framework", "native"})
    void whenForwardedHeadersAreBelieved_thenTheyLetNobodyIn(String strategy) throws IOException {
        try (RunningShop shop = open("--server.forward-headers-strategy=" + strategy)) {
            assertThat(status(shop, "evil.example", "X-Forwarded-Host: localhost", "X-Forwarded-For: 127.0.0.1"))
                    .isEqualTo(403);
            assertThat(status(shop, "localhost", "X-Forwarded-For: 127.0.0.1")).isEqualTo(403);
        }
    }

    @Test
    void whenTheApplicationRunsOnACloudPlatform_thenNobodySitsAtIt() throws IOException {
        try (RunningShop shop = open("--spring.main.cloud-platform=kubernetes")) {
            assertThat(status(shop, "localhost")).isEqualTo(403);
        }
    }

    @Test
    void whenThePageIsForEverybody_thenNothingOfTheRequestMatters() throws IOException {
        try (RunningShop shop = open(EVERYBODY)) {
            assertThat(status(shop, "shop.example", "X-Forwarded-For: 10.0.0.7"))
                    .isEqualTo(200);
        }
    }

    @Test
    void whenItIsOffOrInProduction_thenNobodySeesIt() throws IOException {
        try (RunningShop shop = open("--resilience.dashboard.enabled=false")) {
            assertThat(status(shop, "localhost")).isEqualTo(404);
        }
        try (RunningShop shop = open("--spring.profiles.active=production")) {
            assertThat(status(shop, "localhost")).isEqualTo(404);
        }
        try (RunningShop shop = open("--spring.profiles.active=production", EVERYBODY)) {
            assertThat(status(shop, "localhost")).isEqualTo(200);
        }
    }

    RunningShop open(String... arguments) {
        return RunningShop.open(stack, arguments);
    }

    /** Java's own client does not let anybody choose the host. */
    static int status(RunningShop shop, String host, String... headers) throws IOException {
        List<String> request = new ArrayList<>(List.of("GET /resilience/ HTTP/1.1", "Host: " + host));
        request.addAll(List.of(headers));
        return answer(shop, request);
    }

    private static int answer(RunningShop shop, List<String> request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.getOutputStream()
                    .write((String.join("\r\n", request) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String first = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Integer.parseInt(first.split(" ")[1]);
        }
    }
}
