package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.steer.ChangeRequest;
import io.steadfast.spring.steer.LiveChanges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Real policies as those see them who watch over real HTTP, on both web stacks. */
@Timeout(60)
class LiveStreamOfCallsTests {

    private static final String SECURITY =
            "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration";

    private ConfigurableApplicationContext context;

    private Iterator<String> lines;

    @AfterEach
    void close() {
        context.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenABreakerOpens_thenAnEventAndATickSayIt(WebApplicationType stack) throws Exception {
        start(stack);
        SteeredShop shop = context.getBean(SteeredShop.class);
        assertThat(event()).isEqualTo("snapshot");
        assertThat(data().<List<String>>read("$.calls[*].name")).contains("card", "stock");

        shop.down(true);
        assertThat(catchThrowable(shop::card)).isNotNull();
        assertThat(catchThrowable(shop::card)).isNotNull();

        DocumentContext opened = next("event");
        assertThat(opened.<Map<String, Object>>read("$"))
                .containsEntry("kind", "STATE_CHANGED")
                .containsEntry("policy", "circuit-breaker")
                .containsEntry("instance", "card");
        DocumentContext tick = next("tick");
        assertThat(tick.<List<String>>read("$.calls[?(@.name=='card')].trouble"))
                .containsExactly("circuit-breaker 'card' is OPEN");
        assertThat(tick.<List<Integer>>read("$.calls[?(@.name=='card')].severity"))
                .containsExactly(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenAPolicyIsDisabledAndEnabledAgain_thenItStaysInSight(WebApplicationType stack) throws Exception {
        start(stack);
        next("snapshot");
        LiveChanges changes = context.getBean(LiveChanges.class);

        changes.make(new ChangeRequest("card", "disable", "circuit-breaker", Map.of(), null, "alice"));

        assertThat(next("event").<String>read("$.kind")).isEqualTo("CHANGED_BY_HAND");
        DocumentContext disabled = tickWith("card");
        assertThat(disabled.<List<Boolean>>read("$.calls[?(@.name=='card')].policies[0].state.disabled"))
                .containsExactly(true);
        assertThat(disabled.<List<String>>read("$.changes[*].id")).containsExactly("c1");

        changes.make(new ChangeRequest("card", "undo", null, Map.of("id", "c1"), null, "alice"));
        context.getBean(ResilienceRefresher.class).refresh();

        DocumentContext enabled = tickWith("card");
        assertThat(enabled.<List<String>>read("$.calls[?(@.name=='card')].policies[0].state.state"))
                .containsExactly("CLOSED");
        assertThat(enabled.<List<Object>>read("$.changes")).isEmpty();
        assertThat(enabled.<List<Object>>read("$.gone")).isEmpty();
    }

    private void start(WebApplicationType stack) throws Exception {
        context = new SpringApplicationBuilder(Application.class)
                .web(stack)
                .properties(SteeredShop.SETTINGS)
                .properties(
                        "server.port=0",
                        "spring.autoconfigure.exclude=" + SECURITY,
                        "management.endpoints.web.exposure.include=resiliencestream",
                        "resilience.circuit-breaker.instances.card.sliding-window-type=count-based",
                        "resilience.circuit-breaker.instances.card.sliding-window-size=2",
                        "resilience.circuit-breaker.instances.card.minimum-number-of-calls=2")
                .run();
        URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")
                + "/actuator/resiliencestream");
        HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        lines = response.body().iterator();
    }

    private DocumentContext tickWith(String call) {
        DocumentContext tick = next("tick");
        while (tick.<List<Object>>read("$.calls[?(@.name=='" + call + "')]").isEmpty()) {
            tick = next("tick");
        }
        return tick;
    }

    /** Passes over others. */
    private DocumentContext next(String name) {
        String event = event();
        while (!event.equals(name)) {
            event = event();
        }
        return data();
    }

    private String event() {
        return line("event:");
    }

    private DocumentContext data() {
        return JsonPath.parse(line("data:"));
    }

    private String line(String field) {
        String line = lines.next();
        while (!line.startsWith(field)) {
            line = lines.next();
        }
        return line.substring(field.length());
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SteeredShop shop() {
            return new SteeredShop();
        }
    }
}
