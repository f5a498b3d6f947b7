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
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** The page where nothing guards it and nobody has said that it is for everybody. Headers are written as an attacker writes them. */
class LocalViewersTests {

    private static final String PLAIN = "/resilience/";

    private static String answer(RunningShop shop, String method, String path, String host, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Content-Length: 0\r\nConnection: close\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError("No answer to " + request, broken);
        }
    }

    private static void shown(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200").contains("<title>Resilience</title>");
    }

    private static void refused(String answer, String why) {
        assertThat(answer).startsWith("HTTP/1.1 403").contains(why).doesNotContain("<title>Resilience</title>");
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void whenTheViewerIsOnThisMachine_thenItIsShown_andToNobodyElse(WebApplicationType stack) {
        try (RunningShop shop = RunningShop.open(stack)) {
            shown(answer(shop, "GET", PLAIN, "localhost:" + shop.port()));
            shown(answer(shop, "GET", PLAIN, "127.0.0.1:" + shop.port()));
            shown(answer(shop, "GET", PLAIN, "[::1]:" + shop.port()));

            refused(answer(shop, "GET", PLAIN, "shop.example:" + shop.port()), "Nothing guards this page");
            refused(answer(shop, "GET", PLAIN, "localhost", "X-Forwarded-For: 10.0.0.7"), "Nothing guards this page");
            refused(answer(shop, "GET", PLAIN, "localhost", "X-Real-IP: 10.0.0.7"), "Nothing guards this page");
            refused(
                    answer(
                            shop,
                            "GET",
                            PLAIN,
                            "shop.example",
                            "X-Forwarded-For: 127.0.0.1",
                            "X-Forwarded-Host: localhost"),
                    "Nothing guards this page");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void whenTheViewerIsElsewhere_thenNoPartOfItAnswers(WebApplicationType stack) {
        try (RunningShop shop = RunningShop.open(stack, "--management.endpoint.resilience.access=unrestricted")) {
            for (String path : List.of(
                    "/resilience",
                    "/resilience/page.js",
                    "/resilience/api/snapshot",
                    "/resilience/api/stream",
                    "/resilience/api/service/snapshot",
                    "/resilience/api/calls/stock")) {
                refused(answer(shop, "GET", path, "shop.example"), "Nothing guards this page");
            }
            refused(
                    answer(
                            shop,
                            "POST",
                            "/resilience/api/calls/stock",
                            "shop.example",
                            "Content-Type: application/json",
                            "X-Steadfast: dashboard",
                            "Sec-Fetch-Site: same-origin"),
                    "Nothing guards this page");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void whenItIsSwitchedOn_thenItIsShownToEverybody(WebApplicationType stack) {
        try (RunningShop shop = RunningShop.open(
                stack, "--resilience.dashboard.enabled=true", "--server.forward-headers-strategy=native")) {
            shown(answer(shop, "GET", PLAIN, "shop.example"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void whenTheServerBelievesWhatProxiesSay_thenNobodyIsTakenToBeHere(WebApplicationType stack) {
        for (String strategy : List.of("native", "framework", "FRAMEWORK")) {
            try (RunningShop shop = RunningShop.open(stack, "--server.forward-headers-strategy=" + strategy)) {
                refused(answer(shop, "GET", PLAIN, "localhost"), "server.forward-headers-strategy");
                refused(
                        answer(shop, "GET", PLAIN, "localhost", "X-Forwarded-For: 127.0.0.1"),
                        "server.forward-headers-strategy");
            }
        }
        try (RunningShop shop = RunningShop.open(stack, "--server.forward-headers-strategy=none")) {
            shown(answer(shop, "GET", PLAIN, "localhost"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SERVLET")
    void whenAFilterOfTheApplicationBelievesProxies_thenTheRequestAsItCameCounts(WebApplicationType stack) {
        try (RunningShop shop = RunningShop.with(stack, Believing.class)) {
            shown(answer(shop, "GET", PLAIN, "localhost"));
            refused(
                    answer(
                            shop,
                            "GET",
                            PLAIN,
                            "shop.example",
                            "X-Forwarded-For: 127.0.0.1",
                            "X-Forwarded-Host: localhost"),
                    "Nothing guards this page");
        }
    }

    static class Believing {

        @Bean
        FilterRegistrationBean<ForwardedHeaderFilter> forwarded() {
            return new FilterRegistrationBean<>(new ForwardedHeaderFilter());
        }
    }
}
