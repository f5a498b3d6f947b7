package io.steadfast.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.failover.Failover;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.retry.Retry;
import io.steadfast.timeout.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** What the run book tells to type at three in the morning works. */
class RunBookTests {

    private static final Path PAGE = Path.of("..", "docs", "guide", "runbook.md");

    private static final Pattern COMMAND =
            Pattern.compile("curl -X POST \\$app(/actuator/\\w+)/\\$name [^\\n]*\\n *-d '([^']+)'");

    private static final String SOMEBODYS_CHANGE = "\"id\": \"c7\"";

    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() throws Exception {
        application = SpringApplication.run(
                Shop.class,
                "--server.port=0",
                "--spring.config.name=pools",
                "--pools.alive=1",
                "--management.endpoints.web.exposure.include=resilience,failover",
                "--management.endpoint.resilience.access=unrestricted",
                "--management.endpoint.failover.access=unrestricted");
        // What is undone was done before.
        post("/actuator/resilience", "{\"action\": \"force-open\", \"policy\": \"circuit-breaker\"}");
    }

    @AfterEach
    void end() {
        application.close();
    }

    static List<String[]> commands() throws IOException {
        return COMMAND.matcher(Files.readString(PAGE))
                .results()
                .map(found -> new String[] {found.group(1), found.group(2)})
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whenTheCommandIsTyped_thenItIsObeyed(String endpoint, String body) throws Exception {
        HttpResponse<String> answer = post(
                endpoint, body.replace("10.0.0.2:8080", "127.0.0.1:2").replace(SOMEBODYS_CHANGE, "\"id\": \"c1\""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> post(String endpoint, String body) throws IOException, InterruptedException {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + endpoint + "/inventory"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** All that the page speaks of, around one call. */
    static class Guarded {

        @Failover("inventory")
        @Timeout(value = "inventory", limit = "2s")
        @Retry("inventory")
        @CircuitBreaker("inventory")
        @RateLimiter("inventory")
        @Bulkhead("inventory")
        int left() {
            return 0;
        }
    }

    @Import(Guarded.class)
    static class Shop extends PoolsApplication {}
}
