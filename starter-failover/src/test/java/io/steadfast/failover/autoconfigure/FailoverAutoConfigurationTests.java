package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Instance;
import io.steadfast.failover.Failover;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.fallback.Fallback;
import io.steadfast.fallback.autoconfigure.FallbackAutoConfiguration;
import io.steadfast.retry.Retry;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class FailoverAutoConfigurationTests {

    private final ApplicationContextRunner alone =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class));

    private final ApplicationContextRunner application = alone.withConfiguration(AutoConfigurations.of(
                    DiscoveryAutoConfiguration.class,
                    ResilienceAutoConfiguration.class,
                    ReactiveResilienceAutoConfiguration.class,
                    RetryAutoConfiguration.class,
                    FallbackAutoConfiguration.class))
            .withBean(Inventory.class)
            .withPropertyValues("resilience.failover.instances.lonely.urls=http://127.0.0.1:1");

    private TestInstance alive;

    private TestInstance dead;

    @BeforeEach
    void start() throws IOException {
        alive = TestInstance.start("here");
        dead = TestInstance.start("gone");
        dead.stop();
    }

    @AfterEach
    void stop() {
        alive.stop();
    }

    private ApplicationContextRunner withBoth() {
        return application.withPropertyValues(
                "resilience.failover.instances.inventory.urls=" + alive.uri() + "," + dead.uri(),
                "resilience.retry.instances.inventory.wait-duration=0");
    }

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(
                        FailoverAutoConfiguration.class.getName(),
                        DiscoveryAutoConfiguration.class.getName(),
                        FailoverMetricsAutoConfiguration.class.getName(),
                        FailoverEndpointAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStartsWithTheProvider() {
        alone.run(context -> assertThat(context).hasNotFailed().hasSingleBean(PolicyProvider.class));
    }

    @Test
    void whenOneOfTwoInstancesIsDead_thenNoCallFails() {
        withBoth().run(context -> {
            Inventory inventory = context.getBean(Inventory.class);
            for (int i = 0; i < 20; i++) {
                assertThat(inventory.left("4711", null)).isEqualTo("here 4711");
            }
            assertThat(inventory.seen()).contains(alive.uri(), dead.uri());
        });
    }

    @Test
    void whenAMethodIsAsynchronous_thenEachAttemptGetsItsInstance() {
        withBoth().run(context -> {
            Inventory inventory = context.getBean(Inventory.class);
            for (int i = 0; i < 10; i++) {
                assertThat(inventory.stage("1", null).join()).isEqualTo("here 1");
                assertThat(inventory.mono("2", null).block()).isEqualTo("here 2");
                assertThat(inventory.flux("3", null).collectList().block()).containsExactly("here 3");
            }
        });
    }

    @Test
    void whenTheCallerChoosesTheInstance_thenNoOtherIsTried() {
        withBoth().run(context -> {
            Inventory inventory = context.getBean(Inventory.class);
            assertThatThrownBy(() -> inventory.left("4711", dead.uri())).isInstanceOf(IOException.class);
            assertThat(inventory.seen()).containsOnly(dead.uri());
        });
    }

    @Test
    void whenAFallbackAnswers_thenItGetsWhatTheCallerPassed() {
        withBoth()
                .withPropertyValues("resilience.failover.instances.lonely.urls=" + dead.uri())
                .run(context -> assertThat(context.getBean(Inventory.class).lonely("4711", null))
                        .isEqualTo("none of 4711 at null"));
    }

    @Test
    void whenAMethodTakesAServiceInstance_thenOfOtherSourcesItGetsOneToo() {
        withBoth().run(context -> {
            ServiceInstance instance = context.getBean(Inventory.class).instance(null);
            assertThat(instance.getServiceId()).isEqualTo("inventory");
            assertThat(instance.getUri()).isIn(alive.uri(), dead.uri());
        });
    }

    @Test
    void whenCloudReactorMicrometerWebAndActuatorAreAbsent_thenCallsAreStillSentElsewhere() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        FailoverAutoConfiguration.class,
                        DiscoveryAutoConfiguration.class,
                        FailoverMetricsAutoConfiguration.class,
                        FailoverEndpointAutoConfiguration.class,
                        ResilienceAutoConfiguration.class,
                        RetryAutoConfiguration.class))
                .withBean(Shop.class)
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.cloud",
                        "reactor",
                        "io.micrometer",
                        "jakarta.servlet",
                        "org.springframework.web",
                        "org.springframework.boot.actuate"))
                .withPropertyValues(
                        "resilience.failover.instances.shop.urls=" + alive.uri() + "," + dead.uri(),
                        "resilience.failover.instances.shop.picker=ip-hash",
                        "resilience.retry.instances.shop.wait-duration=0")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    for (int i = 0; i < 10; i++) {
                        assertThat(context.getBean(Shop.class).ask(null)).isEqualTo("here shop");
                    }
                });
    }

    @Test
    void whenThePoolHasNoSource_thenTheStartIsRefusedWithWhatToDo() {
        application
                .withBean(Shop.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("The pool 'shop' has no instances to choose from")
                        .hasStackTraceContaining("resilience.failover.instances.inventory.urls")
                        .hasStackTraceContaining("@Failover on Shop.ask(URI)"));
    }

    @Test
    void whenAnApplicationHasADirectory_thenItIsAsked() {
        application
                .withBean(
                        InstanceDirectory.class,
                        () -> service -> service.equals("shop")
                                ? Optional.of(() -> List.of(Instance.of("shop", alive.uri())))
                                : Optional.of(List::of))
                .withBean(Shop.class)
                .run(context ->
                        assertThat(context.getBean(Shop.class).ask(null)).isEqualTo("here shop"));
    }

    @Test
    void whenAnAddressIsWrong_thenTheStartIsRefusedNamingWhereItWasSet() {
        withBoth()
                .withPropertyValues("resilience.failover.instances.inventory.urls=inventory:8080,http://a;weight=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("urls has an entry 'inventory:8080' that is no URL")
                        .hasStackTraceContaining("has the weight 'x', which is no whole number")
                        .hasStackTraceContaining("\"resilience.failover.instances.inventory.urls\""));
    }

    @Test
    void whenAPickerIsMisspelled_thenTheStartIsRefusedWithTheChoices() {
        withBoth()
                .withPropertyValues("resilience.failover.instances.inventory.picker=fastest")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("fastest")
                        .hasStackTraceContaining("peak-ewma")
                        .hasStackTraceContaining("sticky"));
    }

    @Test
    void whenUrlsComeFromTheEnvironment_thenACommaSeparatesThem() {
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource(
                                        "systemEnvironment",
                                        Map.of(
                                                "RESILIENCE_FAILOVER_INSTANCES_INVENTORY_URLS",
                                                alive.uri() + ";weight=2," + dead.uri() + ";weight=1"))))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(new Pools(context.getBean(CallCatalogue.class))
                                    .get()
                                    .get(0)
                                    .instances())
                            .extracting(state -> state.instance().weight())
                            .containsExactlyInAnyOrder(2, 1);
                });
    }

    @Test
    void whenAMethodHasTwoAddresses_thenTheStartIsRefused() {
        withBoth()
                .withBean(Twice.class)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("two parameters of type URI"));
    }

    @Test
    void whenSettingsHaveNoEffect_thenTheLogSaysSo(CapturedOutput output) {
        withBoth()
                .withPropertyValues(
                        "resilience.failover.instances.inventory.health.path=/up",
                        "resilience.failover.instances.inventory.service=goods",
                        "resilience.failover.instances.inventory.picker=sticky")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output)
                            .contains("health.path has no effect, because instances are not checked")
                            .contains("service has no effect, because the pool has urls")
                            .contains("picker goes by a key, and the call has none");
                });
    }

    @Test
    void whenSettingsHaveNoEffectOnPurpose_thenTheLogIsSilent(CapturedOutput output) {
        withBoth()
                .withPropertyValues(
                        "resilience.failover.defaults.health.enabled=false",
                        "resilience.failover.defaults.health.path=/up",
                        "resilience.failover.defaults.service=goods")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).doesNotContain("has no effect");
                });
    }

    /** Asks instances over HTTP. Public for the proxy, which a filtered class loader loads. */
    public static class Inventory {

        private final List<URI> seen = new CopyOnWriteArrayList<>();

        public List<URI> seen() {
            return new ArrayList<>(seen);
        }

        @Failover("inventory")
        @Retry("inventory")
        public String left(String product, URI where) throws IOException, InterruptedException {
            seen.add(where);
            return get(where, product);
        }

        @Failover("inventory")
        @Retry("inventory")
        public CompletableFuture<String> stage(String product, URI where) {
            return HttpClient.newHttpClient()
                    .sendAsync(request(where, product), BodyHandlers.ofString())
                    .thenApply(java.net.http.HttpResponse::body);
        }

        @Failover("inventory")
        @Retry("inventory")
        public Mono<String> mono(String product, URI where) {
            return Mono.fromCallable(() -> get(where, product));
        }

        @Failover("inventory")
        @Retry("inventory")
        public Flux<String> flux(String product, URI where) {
            return Flux.defer(() -> Mono.fromCallable(() -> get(where, product)));
        }

        @Failover("inventory")
        public ServiceInstance instance(ServiceInstance where) {
            return where;
        }

        @Failover("lonely")
        @Fallback(value = "lonely", method = "none")
        public String lonely(String product, URI where) throws IOException, InterruptedException {
            return get(where, product);
        }

        String none(String product, URI where) {
            return "none of " + product + " at " + where;
        }
    }

    /** Knows nothing of Spring Cloud or Reactor. */
    public static class Shop {

        @Failover("shop")
        @Retry("shop")
        public String ask(URI where) throws IOException, InterruptedException {
            return get(where, "shop");
        }
    }

    static class Twice {

        @Failover("inventory")
        public String ask(URI from, URI to) {
            return from + " " + to;
        }
    }

    private static String get(URI where, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request(where, path), BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest request(URI where, String path) {
        return HttpRequest.newBuilder(where.resolve("/" + path)).build();
    }
}
