package io.steadfast.http.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.StartupProblem;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Clients whose settings change while the application runs. */
@ExtendWith(OutputCaptureExtension.class)
class HttpClientsRefreshTests {

    private static final String STOCK = "resilience.http.clients.stock.";

    private final Map<String, Object> live = new LinkedHashMap<>(Map.of(STOCK + "base-url", "http://stock.example"));

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class,
                    RetryAutoConfiguration.class,
                    HttpClientsAutoConfiguration.class))
            .withInitializer(context ->
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)));

    /** Other tests quieten the JVM's log. */
    @BeforeEach
    void speak() {
        LoggingSystem.get(getClass().getClassLoader())
                .setLogLevel(HttpClientsAutoConfiguration.class.getName(), LogLevel.INFO);
    }

    @Test
    void whenAClientsRulesChange_thenTheyHoldForTheNextRequestAndTheLogSaysSo(CapturedOutput output) {
        live.put("resilience.http.clients.other.base-url", "http://other.example");
        application.run(context -> {
            live.put(STOCK + "push-back.cap", "7s");
            refresh(context);
            assertThat(stock(context).rules().pushBackCap()).isEqualTo(Duration.ofSeconds(7));
            assertThat(output).contains("Changed: HTTP clients stock");
        });
    }

    @Test
    void whenAClientComesOrGoes_thenItIsFoundOrNot() {
        application.run(context -> {
            live.put("resilience.http.clients.price.base-url", "http://price.example");
            live.put("resilience.retry.instances.price.max-attempts", 5);
            live.remove(STOCK + "base-url");
            refresh(context);

            HttpTargets targets = context.getBean(HttpTargets.class);
            assertThat(targets.names()).containsExactly("price");
            assertThat(targets.find(URI.create("http://stock.example/1"))).isEmpty();
            assertThat(targets.find(URI.create("http://price.example/1"))
                            .orElseThrow()
                            .pipeline()
                            .describe()
                            .toString())
                    .contains("retry(price)");
        });
    }

    @Test
    void whenAClientIsWrong_thenNothingChanges() {
        application.run(context -> {
            live.put(STOCK + "push-back.cap", "-7s");
            live.put("resilience.retry.instances.stock.max-attempts", 5);

            assertThat(context.getBean(ResilienceRefresher.class).refresh().problems())
                    .extracting(StartupProblem::what)
                    .singleElement()
                    .asString()
                    .contains("HTTP client 'stock'", "push-back.cap");
            assertThat(stock(context).rules().pushBackCap()).isEqualTo(Duration.ofSeconds(30));

            live.put(STOCK + "push-back.cap", "7s");
            live.put(STOCK + "push-back.capp", "7s");
            assertThat(context.getBean(ResilienceRefresher.class).refresh().problems())
                    .extracting(StartupProblem::action)
                    .containsExactly("Did you mean cap?");
        });
    }

    private static HttpTarget stock(ApplicationContext context) {
        return context.getBean(HttpTargets.class)
                .find(URI.create("http://stock.example/1"))
                .orElseThrow();
    }

    private static void refresh(ApplicationContext context) {
        assertThat(context.getBean(ResilienceRefresher.class).refresh().problems())
                .isEmpty();
    }
}
