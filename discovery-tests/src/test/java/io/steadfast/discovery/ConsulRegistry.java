package io.steadfast.discovery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A double of Consul, not Consul itself: its agent can be had from none of the places this build may ask. It is WireMock, which answers
 * the part of Consul's HTTP API that Spring Cloud's client uses, in the format that Consul's documentation shows: it keeps what is
 * registered and lists it, and it checks nobody's health.
 */
final class ConsulRegistry implements Registry {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REGISTER = "/v1/agent/service/register";
    private static final String DEREGISTER = "/v1/agent/service/deregister/";
    private static final String HEALTH = "/v1/health/service/";

    private final int port = Loopback.freePort();
    private final Map<String, JsonNode> services = new ConcurrentSkipListMap<>();
    private final AtomicLong index = new AtomicLong(1);
    private WireMockServer server;

    @Override
    public void start() {
        server = new WireMockServer(wireMockConfig()
                .bindAddress(Loopback.HOST)
                .port(port)
                .http2PlainDisabled(true)
                .extensions(new Agent()));
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("agent")));
        server.start();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public String[] client() {
        return new String[] {
            "spring.cloud.consul.enabled=true",
            "spring.cloud.consul.host=" + Loopback.HOST,
            "spring.cloud.consul.port=" + port
        };
    }

    @Override
    public String[] instance(String zone, int weight) {
        return new String[] {
            "spring.cloud.consul.discovery.prefer-ip-address=true",
            "spring.cloud.consul.discovery.ip-address=" + Loopback.HOST,
            "spring.cloud.consul.discovery.instance-id=${spring.application.name}-${random.value}",
            "spring.cloud.consul.discovery.instance-zone=" + zone,
            "spring.cloud.consul.discovery.metadata.weight=" + weight
        };
    }

    private ResponseDefinition answer(Request request) {
        String path = URI.create(request.getUrl()).getPath();
        if (request.getMethod().equals(RequestMethod.PUT)) {
            if (path.equals(REGISTER)) {
                JsonNode service = JSON.readTree(request.getBodyAsString());
                services.put(service.path("ID").asString(), service);
                index.incrementAndGet();
            } else if (path.startsWith(DEREGISTER)) {
                services.remove(path.substring(DEREGISTER.length()));
                index.incrementAndGet();
            }
            return json("");
        }
        if (path.startsWith(HEALTH)) {
            return json(health(path.substring(HEALTH.length())));
        }
        if (path.equals("/v1/catalog/services")) {
            return json(catalog());
        }
        if (path.equals("/v1/status/leader")) {
            return json("\"127.0.0.1:8300\"");
        }
        return aResponse().withStatus(404).build();
    }

    private ResponseDefinition json(String body) {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withHeader("X-Consul-Index", String.valueOf(index.get()))
                .withHeader("X-Consul-Knownleader", "true")
                .withHeader("X-Consul-Lastcontact", "0")
                .withBody(body)
                .build();
    }

    private String catalog() {
        return services.values().stream()
                .map(service -> service.path("Name").toString())
                .distinct()
                .map(name -> name + ": []")
                .collect(Collectors.joining(", ", "{\"consul\": [], ", "}"))
                .replace(", }", "}");
    }

    private String health(String name) {
        return services.values().stream()
                .filter(service -> service.path("Name").asString().equals(name))
                .map(ConsulRegistry::entry)
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** One element of <a href="https://developer.hashicorp.com/consul/api-docs/health">what Consul lists</a>. */
    private static String entry(JsonNode service) {
        return """
                {
                  "Node": {
                    "ID": "40e4a748-2192-161a-0510-9bf59fe950b5",
                    "Node": "double",
                    "Address": "127.0.0.1",
                    "Datacenter": "dc1",
                    "TaggedAddresses": {"lan": "127.0.0.1", "wan": "127.0.0.1"},
                    "Meta": {"consul-network-segment": ""},
                    "CreateIndex": 12,
                    "ModifyIndex": 14
                  },
                  "Service": {
                    "ID": %1$s,
                    "Service": %2$s,
                    "Tags": [],
                    "Address": %3$s,
                    "Meta": %4$s,
                    "Port": %5$s,
                    "Weights": {"Passing": 1, "Warning": 1},
                    "EnableTagOverride": false,
                    "CreateIndex": 15,
                    "ModifyIndex": 15
                  },
                  "Checks": [{
                    "Node": "double",
                    "CheckID": "service:1",
                    "Name": "Service check",
                    "Status": "passing",
                    "Notes": "",
                    "Output": "",
                    "ServiceID": %1$s,
                    "ServiceName": %2$s,
                    "ServiceTags": [],
                    "CreateIndex": 15,
                    "ModifyIndex": 15
                  }]
                }""".formatted(
                        service.path("ID"),
                        service.path("Name"),
                        service.path("Address"),
                        service.path("Meta"),
                        service.path("Port"));
    }

    private final class Agent implements ResponseDefinitionTransformerV2 {

        @Override
        public String getName() {
            return "agent";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return answer(event.getRequest());
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
