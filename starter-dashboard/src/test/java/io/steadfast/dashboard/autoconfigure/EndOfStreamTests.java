package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Streams end every day: viewers leave, and applications stop. Neither is worth a word in the log. */
@ExtendWith(OutputCaptureExtension.class)
class EndOfStreamTests {

    private static final String EXPOSED = "--management.endpoints.web.exposure.include=resiliencestream";

    private static Socket watch(RunningShop shop, String path) throws IOException {
        Socket viewer = new Socket(InetAddress.getLoopbackAddress(), shop.port());
        viewer.setSoTimeout(20_000);
        viewer.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        InputStream frames = viewer.getInputStream();
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf("event:tick") < 0) {
            int next = frames.read();
            assertThat(next).as("the stream after " + heard).isNotNegative();
            heard.append((char) next);
        }
        return viewer;
    }

    @ParameterizedTest
    @CsvSource({
        "SERVLET,/resilience/api/stream",
        "REACTIVE,/resilience/api/stream",
        "SERVLET,/actuator/resiliencestream",
        "REACTIVE,/actuator/resiliencestream"
    })
    void whenTheViewerLeaves_thenNothingIsLogged(WebApplicationType stack, String path, CapturedOutput output)
            throws IOException {
        try (RunningShop shop = RunningShop.open(stack, EXPOSED)) {
            Socket viewer = watch(shop, path);
            viewer.setSoLinger(true, 0);
            viewer.close();
            // The next ticks find out that nobody listens; another viewer hears them, and so knows that they have come.
            watch(shop, path).close();
            watch(shop, path).close();
        }
        assertThat(output).doesNotContain("WARN", "ERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "SERVLET,/resilience/api/stream",
        "REACTIVE,/resilience/api/stream",
        "SERVLET,/actuator/resiliencestream",
        "REACTIVE,/actuator/resiliencestream"
    })
    void whenTheApplicationStops_thenTheStreamEndsAndNothingIsLogged(
            WebApplicationType stack, String path, CapturedOutput output) throws IOException {
        try (RunningShop shop = RunningShop.open(stack, EXPOSED);
                Socket viewer = watch(shop, path)) {
            shop.close();

            assertThat(viewer.getInputStream().readAllBytes()).isNotNull();
        }
        assertThat(output).doesNotContain("WARN", "ERROR");
    }
}
