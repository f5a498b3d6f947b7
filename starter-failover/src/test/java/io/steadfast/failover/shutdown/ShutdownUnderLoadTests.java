package io.steadfast.failover.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A real application that is shut down while it serves: Tomcat with Spring MVC, and Netty with WebFlux. */
class ShutdownUnderLoadTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void whenShutDownWhileARequestRuns_thenCallersAreToldWhileServedAndTheRequestEndsBeforeTheServer(String type)
            throws Exception {
        ConfigurableApplicationContext context = start(type, "--resilience.shutdown.quiet-period=7s");
        Registrations registry = context.getBean(Registrations.class);
        HeldTimer timer = context.getBean(HeldTimer.class);
        Controller controller = context.getBean(Controller.class);
        String base = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
        assertThat(get(base + "/quick").headers().firstValue("Resilience-Instance"))
                .as("while all is well")
                .isEmpty();
        CompletableFuture<HttpResponse<String>> underWay =
                HttpClient.newHttpClient().sendAsync(request(base + "/slow"), BodyHandlers.ofString());
        assertThat(controller.entered.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);

        // The quiet period: the registry and callers know, and everything is served.
        await().atMost(LONG).until(() -> timer.asleep.get() != null);
        assertThat(timer.asleep).hasValue(Duration.ofSeconds(7));
        assertThat(registry.events).containsExactly("registered", "deregistered");
        HttpResponse<String> served = get(base + "/quick");
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("Resilience-Instance")).contains("draining");
        assertThat(get(base + "/actuator/health/readiness").statusCode()).isEqualTo(503);

        // Draining: nobody new is let in, and who is in is served.
        timer.slept.countDown();
        await().atMost(LONG).until(() -> isRefused(base + "/quick"));
        assertThat(underWay).isNotDone();
        assertThat(closing).isNotDone();
        controller.answer.complete("served to the end");
        assertThat(underWay.get().body()).isEqualTo("served to the end");
        closing.get();
        assertThat(registry.events).as("told once").containsExactly("registered", "deregistered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void whenThereIsNoQuietPeriod_thenTheRegistryHearsOfItOnlyAfterTheServerHasStopped(String type) throws Exception {
        ConfigurableApplicationContext context = start(type, "--resilience.shutdown.quiet-period=0");
        Registrations registry = context.getBean(Registrations.class);
        Controller controller = context.getBean(Controller.class);
        String base = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
        CompletableFuture<HttpResponse<String>> underWay =
                HttpClient.newHttpClient().sendAsync(request(base + "/slow"), BodyHandlers.ofString());
        assertThat(controller.entered.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);

        await().atMost(LONG).until(() -> isRefused(base + "/quick"));
        assertThat(registry.events).as("callers are still sent here").containsExactly("registered");
        controller.answer.complete("");
        underWay.get();
        closing.get();
        assertThat(registry.events).containsExactly("registered", "deregistered");
    }

    private static ConfigurableApplicationContext start(String type, String property) {
        return SpringApplication.run(
                Application.class,
                "--spring.main.web-application-type=" + type,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                property);
    }

    private static boolean isRefused(String uri) throws InterruptedException {
        try {
            get(uri);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** On a connection of its own, as a caller that has not been here before. */
    private static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request(uri), BodyHandlers.ofString());
    }

    private static HttpRequest request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(LONG).build();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Controller.class)
    static class Application {

        @Bean
        HeldTimer timer() {
            return new HeldTimer();
        }

        @Bean
        Registrations registrations() {
            return new Registrations();
        }

        @Bean
        Registrations.Automatic automaticRegistration(ApplicationContext context, Registrations registry) {
            return new Registrations.Automatic(context, registry);
        }
    }

    @RestController
    static class Controller {

        final CountDownLatch entered = new CountDownLatch(1);

        final CompletableFuture<String> answer = new CompletableFuture<>();

        @GetMapping("/quick")
        String quick() {
            return "here";
        }

        @GetMapping("/slow")
        CompletableFuture<String> slow() {
            entered.countDown();
            return answer;
        }
    }
}
