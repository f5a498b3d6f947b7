package io.steadfast.http.lease;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/** One of several servers. */
final class TestInstance implements AutoCloseable {

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));

    private final int port;

    TestInstance(String name) {
        this(aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "text/plain")
                .withBody(name));
    }

    TestInstance(ResponseDefinitionBuilder answer) {
        server.start();
        port = server.port();
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    /** One whose port nobody listens to any more. */
    static TestInstance dead() {
        TestInstance instance = new TestInstance("dead");
        instance.close();
        return instance;
    }

    String url() {
        return "http://localhost:" + port;
    }

    List<LoggedRequest> requests() {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    @Override
    public void close() {
        server.stop();
    }
}
