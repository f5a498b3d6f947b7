package io.steadfast.http.lease;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.steadfast.core.Pipeline;
import io.steadfast.http.HttpOutcomeReader;
import io.steadfast.http.HttpRules;
import io.steadfast.http.HttpSurroundings;
import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Requests of attempts that have been given an instance, by every client, over real sockets. */
class LeasedInstanceTests {

    /** What is configured as the client {@code inventory}: by its own address it is never reached here. */
    private static final TestInstance ADDRESS = new TestInstance("the address itself");

    private static final TestInstance FIRST = new TestInstance("first");

    private static final TestInstance SECOND = new TestInstance("second");

    private static final TestInstance DEAD = TestInstance.dead();

    private static @Nullable ConfigurableApplicationContext application;

    /** The policies of the client {@code inventory}. */
    private static volatile Pipeline inventory = Pipeline.of("inventory");

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.http.clients.imperative.factory=jdk")
                .run();
    }

    @AfterAll
    static void stop() {
        context().close();
        List.of(ADDRESS, FIRST, SECOND).forEach(TestInstance::close);
    }

    private static ConfigurableApplicationContext context() {
        assertThat(application).isNotNull();
        return application;
    }

    private static Pipeline pipeline(String name, LeasingGate gate) {
        return Pipeline.named(name)
                .reader(context().getBean(HttpOutcomeReader.class))
                .policy(RetryPolicy.of(
                        name,
                        RetryConfig.builder()
                                .maxAttempts(3)
                                .waitDuration(Duration.ZERO)
                                .build()))
                .policy(gate)
                .build();
    }

    private static String call(LeasingGate gate, Callable<String> body) throws Exception {
        return pipeline("buy", gate).call(body);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheHostIsThePoolsName_thenTheRequestGoesToTheInstance(ClientKind kind) throws Exception {
        LeasingGate gate = new LeasingGate("Stock", SECOND.url());

        assertThat(call(gate, kind.get(context(), "http://stock/left"))).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource({
        "http://stock/,                        /,                    ''",
        "http://stock:99/a%2Fb/ü?q=%2B+x&r=%25, /a%2Fb/%C3%BC?q=%2B+x&r=%25, ''",
        "http://stock/left?q=1,                /shop/v1/left?q=1,    /shop/v1",
        "http://stock/shop/left,               /shop/shop/left,      /shop/"
    })
    void whenTheRequestGoesToAnInstance_thenPathAndQueryStayAsTheyWere(String url, String arrives, String prefix)
            throws Exception {
        try (TestInstance instance = new TestInstance("any")) {
            for (ClientKind kind : ClientKind.values()) {
                String ascii = URI.create(url).toASCIIString();

                call(new LeasingGate("stock", instance.url() + prefix), kind.get(context(), ascii));
            }

            assertThat(instance.requests()).hasSize(ClientKind.values().length).allSatisfy(request -> {
                assertThat(request.getUrl()).isEqualTo(arrives);
                assertThat("http://" + request.getHeader("Host")).isEqualTo(instance.url());
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAnInstanceIsDead_thenTheNextAttemptGoesToAnotherEvenWithAPost(ClientKind kind) throws Exception {
        LeasingGate gate = new LeasingGate("stock", DEAD.url(), SECOND.url());

        assertThat(call(gate, kind.post(context(), "http://stock/left"))).isEqualTo("second");
    }

    @ParameterizedTest
    @EnumSource
    void whenAnInstanceIsUnavailable_thenTheNextAttemptGoesToAnother(ClientKind kind) throws Exception {
        try (TestInstance broken = new TestInstance(status(503))) {
            LeasingGate gate = new LeasingGate("stock", broken.url(), FIRST.url());

            assertThat(call(gate, kind.get(context(), "http://stock/left"))).isEqualTo("first");
            assertThat(broken.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAnInstanceHasAnsweredAPost_thenNoOtherGetsIt(ClientKind kind) {
        int before = FIRST.requests().size();
        try (TestInstance broken = new TestInstance(status(503))) {
            LeasingGate gate = new LeasingGate("stock", broken.url(), FIRST.url());

            assertThatThrownBy(() -> call(gate, kind.post(context(), "http://stock/left")))
                    .hasMessageContaining("503");
            assertThat(broken.requests()).hasSize(1);
            assertThat(FIRST.requests()).hasSize(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Resilience-Instance, draining, true",
        "Resilience-Instance, well, false",
        "x-envoy-immediate-health-check-fail, 1, true",
        "x-envoy-immediate-health-check-fail, false, false"
    })
    void whenAnInstanceSaysThatItIsLeaving_thenItsAnswerStandsAndItsPoolHears(
            String header, String value, boolean heard) throws Exception {
        for (ClientKind kind : ClientKind.values()) {
            try (TestInstance leaver = new TestInstance(aResponse()
                    .withBody("bye")
                    .withHeader("Content-Type", "text/plain")
                    .withHeader(header, value))) {
                LeasingGate gate = new LeasingGate("stock", leaver.url());

                assertThat(call(gate, kind.get(context(), "http://stock/left"))).isEqualTo("bye");
                assertThat(gate.leaving()).isEqualTo(heard ? List.of(leaver.url() + " for PT30S") : List.of());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheHostIsAnother_thenTheRequestGoesWhereItsUrlSays(ClientKind kind) throws Exception {
        LeasingGate gate = new LeasingGate("stock", FIRST.url());

        assertThat(call(gate, kind.get(context(), SECOND.url() + "/left"))).isEqualTo("second");
    }

    @ParameterizedTest
    @EnumSource
    void whenNothingIsLeased_thenThePoolsNameIsNoHost(ClientKind kind) {
        assertThatThrownBy(
                        () -> kind.get(context(), "http://stock-of-nobody/left").call())
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheLeaseIsOfTheClientsOwnCall_thenItsAddressDoesNotMatter(ClientKind kind) throws Exception {
        inventory = pipeline("inventory", new LeasingGate("inventory", DEAD.url(), SECOND.url()));

        assertThat(kind.get(context(), ADDRESS.url() + "/left").call()).isEqualTo("second");
        assertThat(ADDRESS.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenACallInsideHasItsOwnPool_thenEachRequestGoesToItsPool(ClientKind kind) throws Exception {
        LeasingGate outer = new LeasingGate("stock", FIRST.url());
        LeasingGate inner = new LeasingGate("prices", SECOND.url());

        String both = call(
                outer,
                () -> pipeline("price", inner)
                        .call(() -> kind.get(context(), "http://stock/").call()
                                + kind.get(context(), "http://prices/").call()));

        assertThat(both).isEqualTo("firstsecond");
    }

    @ParameterizedTest
    @EnumSource(names = {"REST_CLIENT", "WEB_CLIENT"})
    void whenTheApplicationHasInterceptors_thenTheySeeTheServicesName(ClientKind kind) throws Exception {
        List<URI> seen = context().getBean(Shop.class).seen;
        seen.clear();

        call(new LeasingGate("stock", FIRST.url()), kind.get(context(), "http://stock/left"));

        assertThat(seen).containsExactly(URI.create("http://stock/left"));
    }

    @ParameterizedTest
    @EnumSource
    void whenTheRequestHasHeadersAndAttempts_thenTheyStillSaySo(ClientKind kind) throws Exception {
        try (TestInstance instance = new TestInstance("any")) {
            call(new LeasingGate("stock", DEAD.url(), instance.url()), kind.get(context(), "http://stock/left"));

            assertThat(instance.requests()).extracting(LoggedRequest::getUrl).containsExactly("/left");
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        final List<URI> seen = new java.util.concurrent.CopyOnWriteArrayList<>();

        @Bean
        HttpTargets targets(HttpSurroundings surroundings) {
            return new HttpTargets(
                    List.of(HttpTarget.at(
                            "inventory", ADDRESS.url(), List.of(), HttpRules.defaults(), () -> inventory)),
                    surroundings);
        }

        @Bean
        org.springframework.boot.restclient.RestClientCustomizer watchingRestClient() {
            return builder -> builder.requestInterceptor((request, body, execution) -> {
                seen.add(request.getURI());
                return execution.execute(request, body);
            });
        }

        @Bean
        org.springframework.boot.webclient.WebClientCustomizer watchingWebClient() {
            return builder -> builder.filter((request, next) -> {
                seen.add(request.url());
                return next.exchange(request);
            });
        }
    }
}
