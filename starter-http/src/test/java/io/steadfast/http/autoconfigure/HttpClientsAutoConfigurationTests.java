package io.steadfast.http.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.steadfast.core.OutcomeReader;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import io.steadfast.http.HttpRules;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.restclient.GuardedRequests;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HttpClientsAutoConfigurationTests {

    private final ApplicationContextRunner alone = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(HttpClientsAutoConfiguration.class, RestClientGuardAutoConfiguration.class));

    private final ApplicationContextRunner application = alone.withConfiguration(
            AutoConfigurations.of(ResilienceAutoConfiguration.class, RetryAutoConfiguration.class));

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(
                        HttpClientsAutoConfiguration.class.getName(), RestClientGuardAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStarts() {
        alone.withPropertyValues("resilience.http.clients.stock.base-url=http://stock.example")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(GuardedRequests.class)
                        .hasSingleBean(OutcomeReader.class));
    }

    @Test
    void whenSpringWebIsAbsent_thenTheContextStartsWithoutTheInterceptor() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GuardedRequests.class));
    }

    @Test
    void whenBootsBuildersAreAbsent_thenTheInterceptorIsThereForClientsMadeByHand() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.restclient"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(GuardedRequests.class)
                        .doesNotHaveBean(RestClientCustomizer.class));
    }

    @Test
    void whenItIsSwitchedOff_thenNothingIsThereAndItsKeysAreKnownStill() {
        application
                .withPropertyValues(
                        "resilience.http.enabled=false", "resilience.http.clients.stock.base-url=http://stock.example")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(HttpTargets.class)
                        .doesNotHaveBean(OutcomeReader.class)
                        .doesNotHaveBean(RestClientCustomizer.class));
    }

    @Test
    void whenAClientIsConfigured_thenItsCallIsGuardedByTheStandardSetAndSeenByOperators() {
        application
                .withPropertyValues("resilience.http.clients.stock.base-url=http://stock.example")
                .run(context -> {
                    assertThat(context.getBean(HttpTargets.class)
                                    .named("stock")
                                    .orElseThrow()
                                    .pipeline()
                                    .slots())
                            .extracting(PolicySlot::id)
                            .containsExactly(new PolicyId("retry", "stock"));
                    assertThat(context.getBean(CallCatalogue.class)
                                    .find("stock")
                                    .orElseThrow()
                                    .methods())
                            .containsExactly("HTTP client 'stock'");
                });
    }

    @Test
    void whenRulesAreSet_thenAClientsOwnWinOverTheDefaults() {
        application
                .withPropertyValues(
                        "resilience.http.defaults.push-back.cap=5s",
                        "resilience.http.defaults.retry-methods=post,patch",
                        "resilience.http.defaults.deadline.header=grpc-timeout",
                        "resilience.http.clients.stock.service-id=stock",
                        "resilience.http.clients.stock.push-back.cap=7s",
                        "resilience.http.clients.stock.max-buffered-body=64KB",
                        "resilience.http.clients.[my.prices].base-url=http://prices.example")
                .run(context -> {
                    HttpTargets targets = context.getBean(HttpTargets.class);
                    HttpRules stock = targets.named("stock").orElseThrow().rules();
                    HttpRules prices = targets.named("my.prices").orElseThrow().rules();

                    assertThat(stock.pushBackCap()).hasSeconds(7);
                    assertThat(stock.maxBufferedBody()).isEqualTo(65_536);
                    assertThat(prices.pushBackCap()).hasSeconds(5);
                    assertThat(List.of(stock, prices)).allSatisfy(rules -> {
                        assertThat(rules.retryMethods()).containsExactlyInAnyOrder("POST", "PATCH");
                        assertThat(rules.deadlineHeader()).isEqualTo("grpc-timeout");
                    });
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clients.stock.paths=/x | base-url and service-id are both missing: set one of them",
                "clients.stock.base-url=http://{tenant}.example | base-url must be a fixed address",
                "clients.stock.base-url=nowhere | base-url must be a URL with scheme and host",
                "clients.[st{x}ck].base-url=http://stock.example | name must not be blank or have variables in it",
                "clients.stock.push-back.cap=-1s | push-back.cap must not be negative",
                "defaults.deadline.margin=-1s | deadline.margin must not be negative",
                "clients.stock.deadline.header=a b | deadline.header must be the name of a header",
                "clients.stock.deadline.header=Content-Length | deadline.header must be the name of a header of its own",
                "clients.stock.idempotency-key-header=host | idempotency-key-header must be the name of a header of its own",
                "clients.stock.max-buffered-body=-1 | max-buffered-body must be between 0B and 1GB",
                "clients.stock.retry-methods=po st | retry-methods must list HTTP methods",
                "clients.stock.statuses.transient=5000 | statuses.transient must list status codes",
                "clients.stock.statuses.unhealthy=500 | unhealthy",
                "clients.stock.push-back.cap=soon | soon",
                "clients.stock.push-bak.cap=1s | Did you mean push-back?",
                "cleints.stock.base-url=http://stock.example | Did you mean clients?"
            })
    void whenASettingMakesNoSense_thenTheStartIsRefused(String property, String reason) {
        List<String> properties = new ArrayList<>(List.of("resilience.http." + property));
        if (!property.contains("base-url") && !property.contains("paths")) {
            properties.add("resilience.http.clients.stock.base-url=http://stock.example");
        }
        application.withPropertyValues(properties.toArray(String[]::new)).run(context -> {
            assertThat(context).hasFailed();
            text(context.getStartupFailure()).contains(reason).contains("resilience.http");
        });
    }

    @Test
    void whenSeveralSettingsMakeNoSense_thenAllAreNamedWithTheirPlace() {
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new org.springframework.core.env.MapPropertySource(
                                "test settings",
                                Map.of(
                                        "resilience.http.clients.one.base-url", "nowhere",
                                        "resilience.http.clients.two.paths", "x",
                                        "resilience.http.clients.two.service-id", "two",
                                        "resilience.http.clients.three.base-url", "http://same.example",
                                        "resilience.http.clients.four.base-url", "http://same.example:80/"))))
                .run(context -> {
                    assertThat(context).hasFailed();
                    text(context.getStartupFailure())
                            .contains("HTTP client 'one': base-url must be a URL")
                            .contains("HTTP client 'two': paths has 'x'")
                            .containsAnyOf("three and four both claim", "four and three both claim")
                            .contains(
                                    "\"resilience.http.clients.one.base-url\" from property source \"test settings\"");
                });
    }

    private static AbstractStringAssert<?> text(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable link = failure; link != null; link = link.getCause()) {
            all.append(link.getMessage()).append('\n');
        }
        return Assertions.assertThat(all.toString());
    }
}
