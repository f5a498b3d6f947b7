package io.steadfast.dashboard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import io.steadfast.dashboard.ThisMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** The gate sees the request that the server got, not what filters have made of it. */
class LocalGateTests {

    private final LocalGate gate = new LocalGate(new ThisMachine(null), Map.of("X-Steadfast-Run", "1"));

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1%1", "::ffff:127.0.0.1"})
    void whenTheAddressIsThisMachines_thenTheViewerIsAdmitted(String address) throws IOException {
        assertThat(gate.admits(from(address), response)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "::ffff:10.0.0.7", "localhost", "", "127.0.0.1.evil.example", "1.2.3.4.5"})
    void whenTheAddressIsAnotherOrNone_thenTheViewerIsRefused_andNoNameIsLookedUp(String address) throws IOException {
        assertThat(gate.admits(from(address), response)).isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getContentAsString()).contains("localhost").doesNotContain("enabled");
    }

    @Test
    void whenAViewerIsRefused_thenTheRunIsStillNamed_soThatAnInstanceKnowsItself() throws IOException {
        gate.admits(from("10.0.0.7"), response);

        assertThat(response.getHeader("X-Steadfast-Run")).isEqualTo("1");
    }

    @Test
    void whenAFilterBelievesForwardedHeaders_thenTheyLetNobodyIn() throws IOException, ServletException {
        MockHttpServletRequest request = from("10.0.0.7");
        request.addHeader("X-Forwarded-For", "127.0.0.1");
        HttpServletRequest seen = filtered(request);
        assertThat(seen.getRemoteAddr()).isEqualTo("127.0.0.1");
        assertThat(seen.getHeader("X-Forwarded-For")).isNull();

        assertThat(gate.admits(seen, response)).isFalse();
    }

    @Test
    void whenAFilterBelievesANameThatWasForwarded_thenItLetsNobodyIn() throws IOException, ServletException {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Host", "evil.example");
        request.addHeader("X-Forwarded-Host", "localhost");
        HttpServletRequest seen = filtered(request);
        assertThat(seen.getServerName()).isEqualTo("localhost");

        assertThat(gate.admits(seen, response)).isFalse();
    }

    @Test
    void whenTheServerItselfHasReplacedTheAddress_thenTheViewerIsRefused() throws IOException {
        MockHttpServletRequest request = from("127.0.0.1");
        request.setAttribute("org.apache.tomcat.remoteAddr", "127.0.0.1");

        assertThat(gate.admits(request, response)).isFalse();
    }

    @Test
    void whenAnotherWrapperPretends_thenTheRequestBelowItCounts() throws IOException {
        HttpServletRequest wrapped = new HttpServletRequestWrapper(from("10.0.0.7")) {
            @Override
            public String getRemoteAddr() {
                return "127.0.0.1";
            }
        };

        assertThat(gate.admits(wrapped, response)).isFalse();
    }

    private static HttpServletRequest filtered(MockHttpServletRequest request) throws IOException, ServletException {
        MockFilterChain chain = new MockFilterChain();
        new ForwardedHeaderFilter().doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) chain.getRequest();
    }

    private static MockHttpServletRequest from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        request.addHeader("Host", "localhost:8080");
        return request;
    }
}
