package io.steadfast.http.restclient;

import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.retry.Retry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** HTTP interfaces as Boot makes them: guarded by the configured client, or by annotations of their own. */
class HttpServiceTests {

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application = HttpScene.withoutWaiting()
            .withConfiguration(AutoConfigurations.of(
                    HttpServiceClientPropertiesAutoConfiguration.class, HttpServiceClientAutoConfiguration.class))
            .withUserConfiguration(Services.class)
            .withPropertyValues("spring.http.serviceclient.shop.base-url=" + backend.url());

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void whenTheClientIsConfigured_thenTheInterfaceIsGuarded() {
        backend.answers(status(503), status(200));
        application.withPropertyValues(HttpScene.stock(backend.url())).run(context -> {
            assertThat(context.getBean(Stock.class).items()).isEqualTo("status 200");
            assertThat(backend.sent("Resilience-Attempt")).containsExactly("1; max=3", "2; max=3");
        });
    }

    @Test
    void whenTheInterfaceIsAnnotated_thenItIsGuardedWithoutSettings() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            assertThat(context.getBean(Prices.class).prices()).isEqualTo("status 200");
            assertThat(backend.requests()).hasSize(2);
        });
    }

    @Test
    void whenTheAnnotatedMethodPosts_thenItIsNotRunAgain() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                    () -> context.getBean(Prices.class).change());
            assertThat(backend.requests()).hasSize(1);
        });
    }

    interface Stock {

        @GetExchange("/items")
        String items();
    }

    @Retry("prices")
    interface Prices {

        @GetExchange("/prices")
        String prices();

        @PostExchange("/prices")
        String change();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(
            group = "shop",
            types = {Stock.class, Prices.class})
    static class Services {}
}
