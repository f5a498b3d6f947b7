package io.steadfast.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole show as {@code main} starts it: visitors, table, and an end that leaves nothing behind. */
@ExtendWith(OutputCaptureExtension.class)
class ShowTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern ROW_OF_FULL_PAGES =
            Pattern.compile("(?m)^ +[0-9]+\\| +[0-9]+ +[0-9-]+ +[0-9-]+ +[0-9.-]+\\|");

    @Test
    void whenTheShowRuns_thenRowsArePrinted_andWhenItIsClosed_thenNothingIsLeft(CapturedOutput output) {
        Set<Thread> before = lasting();
        ConfigurableApplicationContext shop = start("--storefront.report-every=1s");
        await().atMost(PATIENCE).until(() -> ROW_OF_FULL_PAGES.matcher(output).find());
        int port = Integer.parseInt(shop.getEnvironment().getProperty("local.server.port"));

        shop.close();

        assertThat(output)
                .contains("The shop is open: http://localhost:" + port + "/products/1", "recommendations", "crawler");
        await().pollInSameThread()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lasting()).isSubsetOf(before));
        assertThat(isListening(port)).isFalse();
    }

    @Test
    void whenItIsToRunForASecond_thenItEndsByItself() {
        Set<Thread> before = lasting();
        ConfigurableApplicationContext shop = start("--storefront.run-for=1s");

        await().atMost(PATIENCE).until(() -> !shop.isActive());
        await().pollInSameThread()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lasting()).isSubsetOf(before));
    }

    @Test
    void whenPort8080IsTaken_thenTheShopOpensOnAnotherOne(CapturedOutput output) {
        try (ServerSocket other = takeUsualPort();
                ConfigurableApplicationContext shop =
                        SpringApplication.run(StorefrontApplication.class, "--storefront.traffic.enabled=false")) {
            assertThat(shop.getEnvironment().getProperty("local.server.port")).isNotEqualTo("8080");
            assertThat(output).contains("port 8080 is taken");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ConfigurableApplicationContext start(String argument) {
        return SpringApplication.run(StorefrontApplication.class, argument, "--server.port=0");
    }

    /** Holds port 8080, unless somebody else does. */
    private static ServerSocket takeUsualPort() throws IOException {
        try {
            return new ServerSocket(8080);
        } catch (IOException takenAlready) {
            return new ServerSocket(0);
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** Threads that keep the JVM alive. */
    private static Set<Thread> lasting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
