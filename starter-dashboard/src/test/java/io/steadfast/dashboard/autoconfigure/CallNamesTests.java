package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

/** Requests about calls, with paths that browsers do not send and attackers do. */
class CallNamesTests {

    private static final String FORCE_OPEN = "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\"}";

    private static final List<String> ODD = List.of(
            "x/../stock",
            "x/%2e%2e/stock",
            "./stock",
            "stock;a=b",
            "/stock",
            "stock/",
            "stock%3Ba",
            "stock%00",
            "STOCK",
            "shelf//upper",
            "shelf",
            "stock%20",
            "..%2Fstock");

    private static String answer(RunningShop shop, String method, String name, String body) {
        String request = method + " /resilience/api/calls/" + name
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "X-Steadfast: dashboard\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError("No answer to " + request, broken);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void whenAPathIsOdd_thenNoOtherCallAnswersOrIsChanged(WebApplicationType stack) {
        try (RunningShop shop = RunningShop.open(stack, "--management.endpoint.resilience.access=unrestricted")) {
            for (String name : ODD) {
                assertThat(answer(shop, "GET", name, "")).as("GET " + name).matches("(?s)HTTP/1.1 4.*");
                assertThat(answer(shop, "POST", name, FORCE_OPEN))
                        .as("POST " + name)
                        .matches("(?s)HTTP/1.1 4.*");
            }
            assertThat(answer(shop, "GET", "stock", ""))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"CLOSED\"");
            assertThat(answer(shop, "GET", "shelf/upper", ""))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"CLOSED\"");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void whenANameHasASlash_thenItIsReachedInParts(WebApplicationType stack) {
        try (RunningShop shop = RunningShop.open(stack, "--management.endpoint.resilience.access=unrestricted")) {
            assertThat(answer(shop, "POST", "shelf/upper", FORCE_OPEN)).startsWith("HTTP/1.1 200");

            assertThat(answer(shop, "GET", "shelf/upper", "")).contains("\"FORCED_OPEN\"");
            assertThat(answer(shop, "GET", "stock", "")).contains("\"CLOSED\"");
        }
    }
}
