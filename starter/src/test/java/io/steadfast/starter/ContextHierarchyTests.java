package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.Call;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.actuate.ResilienceEndpoint;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contexts with a parent: each guards its own beans. */
class ContextHierarchyTests {

    @Test
    void whenTheBeanIsInTheChild_thenGuardedThere() {
        inHierarchy(Plain.class, Shop.class, child -> {
            assertGuarded(child);
            assertThat(calls(child)).containsExactly("failing");
            assertThat(calls(parentOf(child))).isEmpty();
        });
    }

    @Test
    void whenTheBeanIsInTheParent_thenGuardedThere() {
        inHierarchy(Shop.class, Plain.class, child -> {
            assertGuarded(child);
            assertThat(calls(child)).isEmpty();
            assertThat(calls(parentOf(child))).containsExactly("failing");
        });
    }

    @Test
    void whenBothHaveOneOfTheSameName_thenEachHasABreakerOfItsOwn() {
        inHierarchy(Shop.class, Shop.class, child -> {
            assertGuarded(child);
            assertGuarded(parentOf(child));
            assertThat(child.getBean(CircuitBreakerRegistry.class).find("failing"))
                    .isPresent()
                    .isNotEqualTo(parentOf(child)
                            .getBean(CircuitBreakerRegistry.class)
                            .find("failing"));
        });
    }

    @Test
    void whenTheEndpointIsAsked_thenItShowsTheCallsAndEventsOfItsContext() {
        inHierarchy(Plain.class, Shop.class, child -> {
            assertGuarded(child);
            ResilienceEndpoint endpoint = child.getBean(ResilienceEndpoint.class);
            assertThat(endpoint.calls().calls()).hasSize(1);
            assertThat(endpoint.call("failing"))
                    .isNotNull()
                    .satisfies(call -> assertThat(call.events()).isNotEmpty());
            assertThat(parentOf(child).getBean(ResilienceEndpoint.class).calls().calls())
                    .isEmpty();
        });
    }

    @Test
    void whenTheParentHasAListenerAndAClock_thenTheChildUsesThem() {
        inHierarchy(Listening.class, Shop.class, child -> {
            assertGuarded(child);
            assertThat(child.getBean(Attempts.class).names).containsExactly("failing", "failing");
            assertThat(child.getBean("resiliencePolicyRuntime", PolicyRuntime.class)
                            .ticker())
                    .isSameAs(child.getBean("ownTicker"));
        });
    }

    @Test
    void whenTheParentHasARuntimeAndARegistryOfItsOwn_thenTheChildIsNotConfused() {
        inHierarchy(OwnParts.class, Shop.class, ContextHierarchyTests::assertGuarded);
    }

    @Test
    void whenBothHaveATicker_thenEachUsesItsOwn() {
        inHierarchy(Listening.class, OtherTicker.class, child -> {
            assertThat(child.getBean(PolicyRuntime.class).ticker()).isSameAs(child.getBean("otherTicker"));
            assertThat(parentOf(child).getBean(PolicyRuntime.class).ticker()).isSameAs(child.getBean("ownTicker"));
        });
    }

    @Test
    void whenAContextBelowHasNoMachinery_thenItStartsAndSeesTheCallsOfTheOneAbove() {
        ran(builder(Shop.class).child(Bare.class), child -> {
            assertGuarded(child);
            assertThat(calls(child)).containsExactly("failing");
        });
    }

    private static void inHierarchy(Class<?> parent, Class<?> child, Consumer<ConfigurableApplicationContext> check) {
        ran(builder(parent).child(child), check);
    }

    private static SpringApplicationBuilder builder(Class<?> parent) {
        return new SpringApplicationBuilder(parent).web(WebApplicationType.NONE);
    }

    private static void ran(SpringApplicationBuilder child, Consumer<ConfigurableApplicationContext> check) {
        try (ConfigurableApplicationContext context = child.web(WebApplicationType.NONE)
                .run(
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoints.jmx.exposure.include=*")) {
            try (ConfigurableApplicationContext parent = parentOf(context)) {
                assertThat(parent.isActive()).isTrue();
                check.accept(context);
            }
        }
    }

    private static ConfigurableApplicationContext parentOf(ConfigurableApplicationContext child) {
        return (ConfigurableApplicationContext) child.getParent();
    }

    private static List<String> calls(ConfigurableApplicationContext context) {
        return context.getBean(CallCatalogue.class).calls().stream()
                .map(call -> call.name())
                .toList();
    }

    /** The second of two attempts tells its number. */
    private static void assertGuarded(ConfigurableApplicationContext context) {
        assertThatThrownBy(context.getBean(Failing.class)::call).hasMessage("2");
    }

    static class Failing {

        private int entered;

        @Retry(value = "failing", maxAttempts = 2, waitDuration = "0s")
        @CircuitBreaker("failing")
        String call() {
            throw new IllegalStateException(String.valueOf(++entered));
        }
    }

    static class Attempts implements ResilienceListener {

        private final List<String> names = new ArrayList<>();

        @Override
        public void attemptStarted(Call call) {
            names.add(call.name());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Bare {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        Failing failing() {
            return new Failing();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Listening {

        @Bean
        Attempts attempts() {
            return new Attempts();
        }

        @Bean
        Ticker ownTicker() {
            return new ManualTicker();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OtherTicker {

        @Bean
        Ticker otherTicker() {
            return new ManualTicker();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnParts {

        @Bean
        PolicyRuntime ownRuntime() {
            return PolicyRuntime.system();
        }

        @Bean
        CircuitBreakerRegistry ownRegistry() {
            return CircuitBreakerRegistry.ofDefaults();
        }
    }
}
