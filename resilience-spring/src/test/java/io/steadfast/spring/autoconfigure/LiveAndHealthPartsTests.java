package io.steadfast.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.spring.live.LiveFeed;
import io.steadfast.spring.live.ResilienceStreamEndpoint;
import io.steadfast.spring.toys.ToyPolicies;
import io.steadfast.spring.toys.ToyShop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class LiveAndHealthPartsTests {

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class,
                    ResilienceHealthAutoConfiguration.class,
                    ResilienceLiveAutoConfiguration.class))
            .withUserConfiguration(ToyPolicies.class)
            .withBean(ToyShop.class);

    @Test
    void whenTheStreamIsExposed_thenCallsAreCounted() {
        application
                .withPropertyValues("management.endpoints.web.exposure.include=resiliencestream")
                .run(context -> assertThat(context)
                        .hasSingleBean(LiveFeed.class)
                        .hasSingleBean(ResilienceStreamEndpoint.class));
    }

    @Test
    void whenTheStreamIsNotExposed_thenNobodyCounts() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LiveFeed.class));
    }

    @Test
    void whenItsAccessIsNone_thenNobodyCounts() {
        application
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=resiliencestream",
                        "management.endpoint.resiliencestream.access=NONE")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LiveFeed.class));
    }

    @Test
    void whenItIsExposedOverJmxOnly_thenNobodyCounts() {
        application
                .withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LiveFeed.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "org.springframework.web.servlet",
                "org.springframework.web.reactive",
                "reactor"
            })
    void whenAPartIsAbsent_thenTheApplicationStarts(String absent) {
        application
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*", "resilience.health.readiness=inventory")
                .withClassLoader(new FilteredClassLoader(absent))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
