package io.steadfast.springcloud.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.steadfast.failover.Failover;
import io.steadfast.http.reactive.GuardedExchanges;
import io.steadfast.retry.Retry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Clients without a load balancer, with the settings of {@code docs/guide/http.md} for one of many instances, of which one is dead and one
 * errs. Here, because here is everything they may meet.
 */
class ClientsOfPoolsTests {

    private static final int CALLS = 12;

    private static final Server DEAD = Server.dead();

    private static final Server BROKEN = Server.of(Server.text(503, "broken"));

    private static final Server WELL = Server.well();

    private static @Nullable ConfigurableApplicationContext application;

    enum Client {
        REST_CLIENT {
            @Override
            String get(ApplicationContext context, String url) {
                RestClient client = context.getBean(RestClient.Builder.class).build();
                return String.valueOf(client.get().uri(url).retrieve().body(String.class));
            }
        },
        REST_TEMPLATE {
            @Override
            String get(ApplicationContext context, String url) {
                return String.valueOf(
                        context.getBean(RestTemplateBuilder.class).build().getForObject(url, String.class));
            }
        },
        WEB_CLIENT {
            @Override
            String get(ApplicationContext context, String url) {
                WebClient client = WebClient.builder()
                        .filter(context.getBean(GuardedExchanges.class))
                        .build();
                return String.valueOf(client.get()
                        .uri(url)
                        .retrieve()
                        .bodyToMono(String.class)
                        .block());
            }
        },
        FEIGN {
            @Override
            String get(ApplicationContext context, String url) {
                return context.getBean(Feigned.class).left();
            }
        };

        abstract String get(ApplicationContext context, String url);
    }

    @BeforeAll
    static void start() throws IOException {
        String page = Files.readString(Path.of("../docs/guide/http.md"));
        String section = page.substring(page.indexOf("## One of many instances"));
        String yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        application = new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> {
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource(
                                    "real",
                                    Map.of(
                                            "spring.http.clients.imperative.factory",
                                            "jdk",
                                            "spring.cloud.gateway.server.webflux.enabled",
                                            "false",
                                            "resilience.retry.defaults.wait-duration",
                                            "0",
                                            "resilience.failover.instances.stock.urls",
                                            String.join(",", DEAD.url(), BROKEN.url(), WELL.url()))));
                    load(yaml, context);
                })
                .run();
    }

    private static void load(String yaml, ConfigurableApplicationContext context) {
        try {
            new YamlPropertySourceLoader()
                    .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                    .forEach(context.getEnvironment().getPropertySources()::addLast);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @AfterAll
    static void stop() {
        context().close();
        List.of(BROKEN, WELL).forEach(Server::close);
    }

    private static ConfigurableApplicationContext context() {
        assertThat(application).isNotNull();
        return application;
    }

    @ParameterizedTest
    @EnumSource
    void whenInstancesFail_thenNoCallerMeetsThem(Client client) {
        for (int call = 0; call < CALLS; call++) {
            assertThat(client.get(context(), "http://stock/left")).isEqualTo("well");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAnAnnotatedMethodHasThePool_thenItsRequestsGoThere(Client client) {
        for (int call = 0; call < CALLS; call++) {
            assertThat(context().getBean(Till.class).left(client)).isEqualTo("well");
        }
    }

    @FeignClient(name = "feigned", url = "http://stock")
    interface Feigned {

        @GetMapping("/left")
        String left();
    }

    static class Till {

        private final ApplicationContext context;

        Till(ApplicationContext context) {
            this.context = context;
        }

        @Failover("stock")
        @Retry("stock")
        String left(Client client) {
            return client.get(context, "http://stock/left");
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableFeignClients(clients = Feigned.class)
    @Import(Till.class)
    static class Shop {}
}
