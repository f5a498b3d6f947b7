package io.steadfast.springcloud.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.steadfast.core.Call;
import io.steadfast.failover.Failover;
import io.steadfast.failover.InstanceState;
import io.steadfast.failover.Pool;
import io.steadfast.retry.Retry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;
import reactor.core.Disposable;

/** Load-balanced clients of all kinds, with one instance of two that is dead. */
class LoadBalancedClientsTests {

    private static final int CALLS = 30;

    private static final Server DEAD = Server.dead();

    private static final Server WELL = Server.well();

    private static final Server BROKEN = Server.of(Server.text(503, "broken"));

    private static final Server LEAVING =
            Server.of(Server.text(200, "bye").withHeader("Resilience-Instance", "draining"));

    private static final Server SLOW = Server.of(Server.text(200, "slow").withFixedDelay(60_000));

    private static @Nullable ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        List<String> properties = new ArrayList<>(List.of("resilience.failover.defaults.picker=round-robin"));
        properties.add("resilience.retry.instances.held.max-attempts=2");
        properties.add("resilience.retry.instances.held.wait-duration=0");
        for (BalancedClient client : BalancedClient.values()) {
            properties.addAll(Server.discovered(client.service(), DEAD, WELL));
        }
        properties.addAll(Server.discovered("held", DEAD, WELL));
        properties.addAll(Server.discovered("ordered", DEAD, WELL));
        properties.add("resilience.retry.instances.ordered.max-attempts=2");
        properties.add("resilience.retry.instances.ordered.wait-duration=0");
        properties.addAll(Server.discovered("broken", BROKEN, WELL));
        properties.addAll(Server.discovered("leaving", LEAVING, WELL));
        properties.addAll(Server.discovered("slow", SLOW));
        properties.addAll(Server.discovered("chosen", WELL));
        application = run(properties);
    }

    private static ConfigurableApplicationContext run(List<String> properties) {
        List<String> all = new ArrayList<>(properties);
        for (String guarded : List.of("held", "ordered")) {
            if (all.stream().noneMatch(one -> one.contains(".instances." + guarded + "[0]"))) {
                all.addAll(Server.discovered(
                        guarded, WELL)); // their methods are refused without a registry that knows them
            }
        }
        all.add("spring.main.banner-mode=off");
        all.add("spring.cloud.gateway.server.webflux.enabled=false");
        all.add("spring.http.clients.imperative.factory=jdk");
        return new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .properties(all.toArray(String[]::new))
                .run();
    }

    @AfterAll
    static void stop() {
        context().close();
        List.of(WELL, BROKEN, LEAVING, SLOW).forEach(Server::close);
    }

    private static ConfigurableApplicationContext context() {
        assertThat(application).isNotNull();
        return application;
    }

    static WebClient webClient(ApplicationContext context) {
        return context.getBean("balancedWebClient", WebClient.Builder.class).build();
    }

    private static Pool pool(String service) {
        return context()
                .getBean(ServicePools.class)
                .known(service)
                .orElseThrow()
                .pool();
    }

    private static int inFlight(String service) {
        return pool(service).instances().stream()
                .mapToInt(InstanceState::inFlight)
                .sum();
    }

    private static List<String> answers(ApplicationContext context, BalancedClient client, String service, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> {
                    try {
                        return client.get(context, service);
                    } catch (Exception failed) {

                        return "failed";
                    }
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whenAnInstanceIsDead_thenItIsSetAsideAndNobodyMeetsItAnyMore(BalancedClient client) {
        List<String> answers = answers(context(), client, client.service(), CALLS);

        assertThat(answers).filteredOn("failed"::equals).hasSizeBetween(1, 6);
        assertThat(answers.subList(CALLS / 2, CALLS)).containsOnly("well");
        assertThat(inFlight(client.service())).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"REST_CLIENT", "WEB_CLIENT"})
    void whenAnInstanceAnswersWithAFailure_thenItIsSetAside(BalancedClient client) {
        List<String> answers = answers(context(), client, "broken", CALLS);

        assertThat(answers.subList(CALLS / 2, CALLS)).containsOnly("well");
        assertThat(inFlight("broken")).isZero();
    }

    @Test
    void whenAnInstanceSaysThatItIsLeaving_thenTheOthersGetItsRequests() {
        List<String> answers = answers(context(), BalancedClient.REST_CLIENT_WITHOUT_BOOT, "leaving", 10);

        assertThat(answers).filteredOn("bye"::equals).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP_SERVICE", mode = EnumSource.Mode.EXCLUDE)
    void whenTheCallHoldsALease_thenItGoesThereAndIsBookedOnce(BalancedClient client) {
        long before = succeeded();

        List<String> answers = IntStream.range(0, CALLS)
                .mapToObj(call -> context().getBean(Held.class).get(client))
                .toList();

        assertThat(answers).containsOnly("well");
        assertThat(succeeded() - before).isEqualTo(CALLS);
        assertThat(inFlight("held")).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"REST_CLIENT", "FEIGN"})
    void whenTheInstanceOfTheLeaseIsDead_thenAPostGoesToAnother(BalancedClient client) {
        Pool pool = context()
                .getBean(ServicePools.class)
                .of("ordered")
                .orElseThrow()
                .pool();
        pool.instances().forEach(state -> pool.restore(state.instance().id()));
        long before = failed(pool);

        List<String> answers = IntStream.range(0, CALLS)
                .mapToObj(call -> context().getBean(Held.class).post(client))
                .toList();

        assertThat(answers).containsOnly("well");
        assertThat(failed(pool)).isGreaterThan(before);
    }

    private static long failed(Pool pool) {
        return pool.instances().stream().mapToLong(InstanceState::failed).sum();
    }

    private static long succeeded() {
        return context().getBean(ServicePools.class).of("held").orElseThrow().pool().instances().stream()
                .mapToLong(InstanceState::succeeded)
                .sum();
    }

    @Test
    void whenAWebClientIsCancelled_thenItsInstanceServesNothingAnyMore() {
        Disposable request = webClient(context())
                .get()
                .uri("http://slow/left")
                .retrieve()
                .bodyToMono(String.class)
                .subscribe();
        await().atMost(Duration.ofSeconds(30)).until(() -> SLOW.requests() > 0);
        assertThat(inFlight("slow")).isEqualTo(1);

        request.dispose();

        assertThat(inFlight("slow")).isZero();
        assertThat(pool("slow").instances())
                .allSatisfy(state -> assertThat(state.failed()).isZero());
    }

    @Test
    void whenSomebodyOnlyAsksForAnInstance_thenItServesNothing() {
        LoadBalancerClient balancer = context().getBean(LoadBalancerClient.class);

        assertThat(balancer.choose("chosen").getUri().toString()).isEqualTo(WELL.url());
        assertThat(inFlight("chosen")).isZero();
    }

    @Test
    void whenTheBridgeIsOff_thenEverySecondCallMeetsTheDeadInstance() {
        List<String> properties = new ArrayList<>(Server.discovered("stock", DEAD, WELL));
        properties.add("resilience.spring-cloud.load-balancer.enabled=false");
        try (ConfigurableApplicationContext without = run(properties)) {
            List<String> answers = answers(without, BalancedClient.REST_CLIENT, "stock", CALLS);

            assertThat(answers).filteredOn("failed"::equals).hasSize(CALLS / 2);
        }
    }

    @Test
    void whenOnlyConfiguredServicesHaveAPool_thenTheOthersStayAsTheyWere() {
        List<String> properties = new ArrayList<>(Server.discovered("stock", DEAD, WELL));
        properties.addAll(Server.discovered("prices", DEAD, WELL));
        properties.add("resilience.spring-cloud.load-balancer.services=configured");
        properties.add("resilience.failover.instances.prices.picker=round-robin");
        try (ConfigurableApplicationContext some = run(properties)) {
            assertThat(answers(some, BalancedClient.REST_CLIENT, "stock", CALLS))
                    .filteredOn("failed"::equals)
                    .hasSize(CALLS / 2);
            assertThat(answers(some, BalancedClient.REST_CLIENT, "prices", CALLS)
                            .subList(CALLS / 2, CALLS))
                    .containsOnly("well");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REST_CLIENT", "REST_TEMPLATE"})
    void whenTheBridgeIsOff_thenTheLeaseOfTheCallStillDecides(BalancedClient client) {
        List<String> properties = new ArrayList<>(Server.discovered("held", DEAD, WELL));
        properties.add("resilience.spring-cloud.load-balancer.enabled=false");
        properties.add("resilience.failover.defaults.picker=round-robin");
        properties.add("resilience.retry.instances.held.max-attempts=2");
        properties.add("resilience.retry.instances.held.wait-duration=0");
        try (ConfigurableApplicationContext without = run(properties)) {
            List<String> answers = IntStream.range(0, CALLS)
                    .mapToObj(call -> without.getBean(Held.class).get(client))
                    .toList();

            assertThat(answers).containsOnly("well");
        }
    }

    @FeignClient(name = "feign")
    interface Feigned {

        @GetMapping("/left")
        String left();
    }

    @FeignClient(name = "held")
    interface HeldFeign {

        @GetMapping("/left")
        String left();
    }

    @FeignClient(name = "ordered")
    interface OrderedFeign {

        @PostMapping("/orders")
        String order();
    }

    /** Public, as Spring Cloud wants it of what it proxies. */
    public interface Serviced {

        @GetExchange("/left")
        String left();
    }

    static class Held {

        private final ApplicationContext context;

        Held(ApplicationContext context) {
            this.context = context;
        }

        @Failover("held")
        @Retry("held")
        String get(BalancedClient client) {
            assertThat(Call.current()).isNotNull();
            return client.get(context, "held");
        }

        @Failover("ordered")
        @Retry("ordered")
        String post(BalancedClient client) {
            return client.post(context);
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableFeignClients(clients = {Feigned.class, HeldFeign.class, OrderedFeign.class})
    @ImportHttpServices(group = "http-service", types = Serviced.class)
    @Import(Held.class)
    static class Shop {

        @Bean
        @Primary
        @LoadBalanced
        RestClient.Builder balancedRestClient(RestClientBuilderConfigurer configurer) {
            return configurer.configure(RestClient.builder());
        }

        @Bean
        @LoadBalanced
        RestClient.Builder plainRestClient() {
            return RestClient.builder();
        }

        @Bean
        @LoadBalanced
        RestTemplate restTemplate(RestTemplateBuilder builder) {
            return builder.build();
        }

        @Bean
        @LoadBalanced
        WebClient.Builder balancedWebClient() {
            return WebClient.builder();
        }
    }
}
