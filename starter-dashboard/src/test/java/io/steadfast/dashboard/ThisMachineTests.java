package io.steadfast.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is on this machine, and who only says so. */
class ThisMachineTests {

    private static boolean has(String viewer, String host, String... headers) throws UnknownHostException {
        return ThisMachine.has(InetAddress.getByName(viewer), host, List.of(headers));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,localhost",
        "127.0.0.1,LOCALHOST",
        "::1,[::1]",
        "::1,::1",
        "::ffff:127.0.0.1,127.0.0.1",
        "127.0.0.53,localhost"
    })
    void whenViewerAndNameAreOfThisMachine_thenItIsHere(String viewer, String host) throws UnknownHostException {
        assertThat(has(viewer, host, "Accept", "Host", "Cookie")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "192.168.1.1", "169.254.1.1", "0.0.0.0", "fe80::1", "::ffff:10.0.0.7", "::"})
    void whenTheViewerIsElsewhere_thenItIsNotHere(String viewer) throws UnknownHostException {
        assertThat(has(viewer, "localhost")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "localhost.shop.example",
                "127.0.0.1.shop.example",
                "localhost.",
                "2130706433",
                ""
            })
    void whenAnotherNameHasComeToMeanThisMachine_thenWhoeverAskedForItIsNotHere(String host)
            throws UnknownHostException {
        assertThat(has("127.0.0.1", host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Forwarded", "X-Forwarded-For", "x-forwarded-host", "X-FORWARDED-PROTO", "X-Real-IP", "Via"})
    void whenAProxyHasPassedTheRequestOn_thenTheViewerMayBeAnywhere(String header) throws UnknownHostException {
        assertThat(has("127.0.0.1", "localhost", "Accept", header)).isFalse();
    }

    @Test
    void whenViewerOrNameIsUnknown_thenItIsNotHere() throws UnknownHostException {
        assertThat(ThisMachine.has(null, "localhost", List.of())).isFalse();
        assertThat(ThisMachine.has(InetAddress.getLoopbackAddress(), null, List.of()))
                .isFalse();
    }
}
