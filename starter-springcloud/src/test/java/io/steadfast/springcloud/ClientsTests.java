package io.steadfast.springcloud;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.steadfast.core.time.Ticker;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.test.ManualTimer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.circuitbreaker.httpservice.HttpServiceFallback;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FallbackFactory;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** OpenFeign clients and HTTP services whose fallbacks Spring Cloud calls, over real sockets. */
class ClientsTests {

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));

    private static @Nullable ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        SERVER.start();
        application = new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.cloud.gateway.server.webflux.enabled=false",
                        "server.url=" + SERVER.baseUrl(),
                        "spring.http.serviceclient.prices.base-url=" + SERVER.baseUrl(),
                        "spring.cloud.openfeign.circuitbreaker.enabled=true",
                        "spring.cloud.openfeign.circuitbreaker.group.enabled=true",
                        "resilience.circuit-breaker.defaults.sliding-window-type=count-based",
                        "resilience.circuit-breaker.defaults.sliding-window-size=2",
                        "resilience.circuit-breaker.defaults.minimum-number-of-calls=2",
                        "resilience.circuit-breaker.defaults.open-jitter=0",
                        "resilience.circuit-breaker.defaults.failure-rate-threshold=100",
                        "resilience.circuit-breaker.instances.orders.failure-rate-threshold=50",
                        "resilience.circuit-breaker.instances.orders.wait-duration-in-open-state=7s")
                .run();
    }

    @AfterAll
    static void stop() {
        bean(ConfigurableApplicationContext.class).close();
        SERVER.stop();
    }

    @AfterEach
    void forget() {
        SERVER.resetAll();
        bean(ManualTimer.class).advance(Duration.ofHours(1)); // open breakers let a trial through
        SERVER.stubFor(any(anyUrl()).willReturn(ok("fine")));
        for (int trial = 0; trial < 5; trial++) {
            bean(Stock.class).left("well");
            bean(Orders.class).order("well");
            bean(Prices.class).price("well");
        }
        SERVER.resetAll();
    }

    private static <T> T bean(Class<T> type) {
        assertThat(application).isNotNull();
        return type.isInstance(application) ? type.cast(application) : application.getBean(type);
    }

    @Test
    void whenAFeignClientFails_thenItsFallbackAnswers() {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));

        assertThat(bean(Stock.class).left("4711")).isEqualTo("unknown");
    }

    @Test
    void whenAFeignClientGoesOnFailing_thenItsServerIsLeftAlone() {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));

        for (int call = 0; call < 10; call++) {
            bean(Stock.class).left("4711");
        }

        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void whenAFeignClientHasAFallbackFactory_thenItHearsOfTheRefusal() {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));

        assertThat(bean(Orders.class).order("1")).isEqualTo("InternalServerError");
        assertThat(bean(Orders.class).order("1"))
                .isEqualTo("CircuitOpenException"); // half of its calls is what its group allows
    }

    @Test
    void whenAFeignClientIsCalled_thenItsCallIsSeenByNameAndGroup() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("7")));
        bean(Stock.class).left("4711");

        assertThat(bean(CallCatalogue.class)
                        .find("StockleftString")
                        .orElseThrow()
                        .methods())
                .containsExactly("Spring Cloud circuit breaker 'StockleftString' of group 'stock'");
    }

    @Test
    void whenAFallbackRuns_thenItHasTheCallersThreadAndLogContext() {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));
        MDC.put("request", "42");
        try {
            assertThat(bean(Stock.class).where())
                    .isEqualTo("request 42 on " + Thread.currentThread().getName());
        } finally {
            MDC.clear();
        }
    }

    @Test
    void whenAnHttpServiceFails_thenItsFallbackAnswersAndItsBreakerOpens() {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));

        for (int call = 0; call < 10; call++) {
            assertThat(bean(Prices.class).price("4711")).isEqualTo("on request");
        }

        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @FeignClient(name = "stock", url = "${server.url}", fallback = NoStock.class)
    interface Stock {

        @GetMapping("/stock/{product}")
        String left(@PathVariable("product") String product);

        @GetMapping("/where")
        String where();
    }

    static class NoStock implements Stock {

        @Override
        public String left(String product) {
            return "unknown";
        }

        @Override
        public String where() {
            return "request " + MDC.get("request") + " on "
                    + Thread.currentThread().getName();
        }
    }

    @FeignClient(name = "orders", url = "${server.url}", fallbackFactory = NoOrders.class)
    interface Orders {

        @GetMapping("/orders/{id}")
        String order(@PathVariable("id") String id);
    }

    static class NoOrders implements FallbackFactory<Orders> {

        @Override
        public Orders create(Throwable cause) {
            return id -> cause.getClass().getSimpleName();
        }
    }

    /** Public, as Spring Cloud wants it of what it proxies. */
    public interface Prices {

        @GetExchange("/prices/{product}")
        String price(@PathVariable("product") String product);
    }

    /** Public, as Spring Cloud wants it. */
    public static class NoPrices {

        public String price(String product) {
            return "on request";
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableFeignClients(clients = {Stock.class, Orders.class})
    @ImportHttpServices(group = "prices", types = Prices.class)
    @HttpServiceFallback(value = NoPrices.class, group = "prices")
    static class Shop {

        @Bean
        ManualTimer manualTimer() {
            return new ManualTimer();
        }

        @Bean
        Ticker ticker(ManualTimer timer) {
            return timer.ticker();
        }

        @Bean
        NoStock noStock() {
            return new NoStock();
        }

        @Bean
        NoOrders noOrders() {
            return new NoOrders();
        }
    }
}
