package io.steadfast.http.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.http.HttpSurroundings;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.inbound.ExpiryCounter;
import io.steadfast.http.inbound.InboundReader;
import io.steadfast.http.reactive.GuardedExchanges;
import io.steadfast.http.reactive.InboundWebFilter;
import io.steadfast.http.reactive.RefusalWebExceptionHandler;
import io.steadfast.http.servlet.InboundFilter;
import io.steadfast.http.servlet.RefusalResolver;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What may be absent, or switched off. */
class OptionalPartsTests {

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            ResilienceAutoConfiguration.class,
            ReactiveResilienceAutoConfiguration.class,
            HttpClientsAutoConfiguration.class,
            InboundReactiveAutoConfiguration.class,
            InboundServletAutoConfiguration.class,
            RestClientGuardAutoConfiguration.class,
            WebClientGuardAutoConfiguration.class);

    @ParameterizedTest
    @ValueSource(
            classes = {
                InboundReactiveAutoConfiguration.class,
                InboundServletAutoConfiguration.class,
                WebClientGuardAutoConfiguration.class
            })
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt(Class<?> autoConfiguration) {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(autoConfiguration.getName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reactor",
                "reactor.netty",
                "io.netty",
                "io.micrometer",
                "jakarta.servlet",
                "org.springframework.web.reactive",
                "org.springframework.web.server",
                "org.springframework.web.servlet",
                "org.springframework.boot.webclient",
                "org.springframework.web",
                "org.springframework.http"
            })
    void whenSomethingIsAbsent_thenAnApplicationWithoutServerStarts(String absent) {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .withClassLoader(new FilteredClassLoader(absent))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(InboundFilter.class)
                        .doesNotHaveBean(InboundReader.class));
    }

    @Test
    void whenEverythingIsAbsent_thenAnApplicationStarts() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .withClassLoader(new FilteredClassLoader(
                        "reactor",
                        "io.micrometer",
                        "jakarta.servlet",
                        "org.springframework.web",
                        "org.springframework.http",
                        "org.springframework.boot.webclient",
                        "org.springframework.boot.restclient",
                        "feign"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whenServletApplicationHasNoReactorAndNoMeters_thenItTakesDeadlinesOver() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withClassLoader(
                        new FilteredClassLoader("reactor", "io.micrometer", "org.springframework.web.reactive"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(InboundFilter.class)
                        .hasSingleBean(RefusalResolver.class)
                        .doesNotHaveBean(ExpiryCounter.class)
                        .doesNotHaveBean(InboundWebFilter.class));
    }

    @Test
    void whenServletApplicationHasNoSpringMvc_thenItTakesDeadlinesOver() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(InboundFilter.class));
    }

    @Test
    void whenReactiveApplicationHasNoServletsAndNoMeters_thenItTakesDeadlinesOver() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(ALL)
                .withClassLoader(
                        new FilteredClassLoader("jakarta.servlet", "io.micrometer", "org.springframework.web.servlet"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(InboundWebFilter.class)
                        .hasSingleBean(RefusalWebExceptionHandler.class)
                        .doesNotHaveBean(InboundFilter.class));
    }

    @Test
    void whenImportedAlone_thenTheSettingsAreKnown() {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ResilienceAutoConfiguration.class, InboundServletAutoConfiguration.class))
                .withPropertyValues("resilience.http.inbound.mode=enforce")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(InboundFilter.class));
    }

    @Test
    void whenAKeyIsMisspelled_thenTheNearestIsShown() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues("resilience.http.inbound.max-timout=5s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("max-timout")
                        .hasMessageContaining("max-timeout"));
    }

    @Test
    void whenSwitchedOff_thenNothingIsGuardedOrRead() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues("resilience.http.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(InboundFilter.class)
                        .doesNotHaveBean(GuardedExchanges.class));
    }

    @Test
    void whenTheApplicationHasAFilterOfItsOwn_thenThatOneIsTaken() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .withBean(
                        "own",
                        GuardedExchanges.class,
                        () -> GuardedExchanges.of(HttpTargets.none(HttpSurroundings.system())))
                .run(context -> assertThat(context)
                        .hasSingleBean(GuardedExchanges.class)
                        .hasBean("own"));
    }
}
