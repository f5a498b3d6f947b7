package io.steadfast.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who counts as sitting at the machine, and who does not. */
@ExtendWith(OutputCaptureExtension.class)
class ThisMachineTests {

    private final ThisMachine machine = new ThisMachine(null);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
    void whenTheAddressIsThisMachines_thenTheViewerIsHere(String address) {
        assertThat(has(machine, address, "Host", "localhost:8080")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "192.168.1.2", "0.0.0.0", "::ffff:10.0.0.7", "fe80::1", "2001:db8::1"})
    void whenTheAddressIsAnother_thenTheViewerIsNotHere_whateverIsSaid(String address) {
        assertThat(has(machine, address, "Host", "localhost:8080")).isFalse();
    }

    @Test
    void whenTheAddressIsNotKnown_thenTheViewerIsNotHere() {
        assertThat(machine.has(null, Map.of("Host", "localhost").keySet(), name -> "localhost"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]", "[::1]:8080"})
    void whenThisMachineIsAskedForByName_thenTheViewerIsHere(String host) {
        assertThat(has(machine, "127.0.0.1", "Host", host)).isTrue();
    }

    /** A name of somebody else's that has come to mean this machine lets his page read along (DNS rebinding). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example#localhost",
                "localhost@evil.example",
                "evil:localhost",
                "::1",
                "[::1",
                "",
                ":8080"
            })
    void whenAnotherNameIsAskedFor_thenTheViewerIsNotHere(String host) {
        assertThat(has(machine, "127.0.0.1", "Host", host)).isFalse();
    }

    @Test
    void whenNoNameIsAskedFor_thenTheViewerIsNotHere() {
        assertThat(has(machine, "127.0.0.1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Forwarded, for=127.0.0.1",
        "X-Forwarded-For, 127.0.0.1",
        "x-forwarded-proto, https",
        "X-Forwarded-Host, localhost",
        "X-FORWARDED-PREFIX, /",
        "X-Real-IP, 127.0.0.1",
        "Via, 1.1 proxy",
        "CF-Connecting-IP, 127.0.0.1",
        "X-Envoy-External-Address, 127.0.0.1",
        "Connection, close"
    })
    void whenAProxyOnThisMachineSentTheRequest_thenTheViewerIsNotHere(String header, String value) {
        assertThat(has(machine, "127.0.0.1", "Host", "localhost:8080", header, value))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, true",
        "http://localhost:3000, false",
        "http://evil.example, false",
        "null, false",
        "::, false"
    })
    void whenAPageSentTheRequest_thenItMustBeThisOne(String origin, boolean here) {
        assertThat(has(machine, "127.0.0.1", "Host", "localhost:8080", "Origin", origin))
                .isEqualTo(here);
    }

    @Test
    void whenNobodyCanBeTold_thenNobodyIsHere(CapturedOutput output) {
        ThisMachine cloud = new ThisMachine("it runs in a cloud");

        assertThat(has(cloud, "127.0.0.1", "Host", "localhost")).isFalse();

        assertThat(output).contains("not shown, because it runs in a cloud.");
    }

    @Test
    void whenViewersAreRefused_thenTheLogSaysWhyOnce_onOneLine(CapturedOutput output) {
        has(machine, "127.0.0.1", "Host", "localhost");
        assertThat(output).doesNotContain("not shown");

        has(machine, "127.0.0.1", "Host", "evil\nINFO all is well");
        has(machine, "10.0.0.7", "Host", "localhost");

        assertThat(output.toString().lines().filter(line -> line.contains("not shown")))
                .singleElement()
                .asString()
                .contains("evil", "all is well", "resilience.dashboard.enabled=true");
        assertThat(output).doesNotContain("10.0.0.7");
    }

    private static boolean has(ThisMachine machine, String address, String... headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int next = 0; next < headers.length; next += 2) {
            all.put(headers[next], headers[next + 1]);
        }
        try {
            return machine.has(InetAddress.getByName(address), all.keySet(), all::get);
        } catch (UnknownHostException noAddress) {
            throw new AssertionError(noAddress);
        }
    }
}
