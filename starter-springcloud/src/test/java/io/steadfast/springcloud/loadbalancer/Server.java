package io.steadfast.springcloud.loadbalancer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** One of the instances of a service. */
final class Server implements AutoCloseable {

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));

    private final int port;

    private Server(ResponseDefinitionBuilder answer) {
        server.start();
        port = server.port();
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    static Server of(ResponseDefinitionBuilder answer) {
        return new Server(answer);
    }

    static Server well() {
        return of(text(200, "well"));
    }

    /** One whose port nobody listens to any more. */
    static Server dead() {
        Server server = well();
        server.close();
        return server;
    }

    static ResponseDefinitionBuilder text(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/plain")
                .withBody(body);
    }

    /** As Spring's simple discovery client is told of the instances of a service. */
    static List<String> discovered(String service, Server... instances) {
        List<String> properties = new ArrayList<>();
        for (int index = 0; index < instances.length; index++) {
            properties.add("spring.cloud.discovery.client.simple.instances." + service + "[" + index + "].uri="
                    + instances[index].url());
        }
        return properties;
    }

    String url() {
        return "http://localhost:" + port;
    }

    int requests() {
        return server.countRequestsMatching(anyRequestedFor(anyUrl()).build()).getCount();
    }

    @Override
    public void close() {
        server.stop();
    }
}
