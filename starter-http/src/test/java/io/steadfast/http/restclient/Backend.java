package io.steadfast.http.restclient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/** A server on a free port that answers as it is told, one answer after the other; the last one stays. */
final class Backend implements AutoCloseable {

    private final WireMockServer server = new WireMockServer(
            wireMockConfig().dynamicPort().http2PlainDisabled(true).stubCorsEnabled(false));

    private final int port;

    Backend() {
        server.start();
        port = server.port();
    }

    /** Stays the same after the server has gone. */
    String url() {
        return "http://localhost:" + port;
    }

    void answers(ResponseDefinitionBuilder... answers) {
        server.resetAll();
        for (int i = 0; i < answers.length; i++) {
            boolean last = i == answers.length - 1;
            server.stubFor(any(anyUrl())
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willSetStateTo("answer " + (last ? i : i + 1))
                    .willReturn(answers[i]));
            if (last) {
                server.stubFor(any(anyUrl())
                        .inScenario("answers")
                        .whenScenarioStateIs("answer " + i)
                        .willReturn(answers[i]));
            }
        }
    }

    void answers(int status) {
        answers(status(status));
    }

    static ResponseDefinitionBuilder status(int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/plain")
                .withBody("status " + status);
    }

    List<LoggedRequest> requests() {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    /** The values of a header, one for each request; null where it was missing. */
    List<String> sent(String header) {
        return requests().stream().map(request -> request.getHeader(header)).toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
