package io.steadfast.failover.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.failover.autoconfigure.FailoverAutoConfiguration;
import io.steadfast.failover.autoconfigure.FailoverEndpointAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FailoverEndpointAccessTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    FailoverAutoConfiguration.class,
                    FailoverEndpointAutoConfiguration.class,
                    ResilienceAutoConfiguration.class));

    @Test
    void whenNobodySaysMore_thenItMayOnlyBeRead() {
        assertThat(FailoverEndpoint.class.getAnnotation(Endpoint.class).defaultAccess())
                .isEqualTo(Access.READ_ONLY);
    }

    @Test
    void whenItIsNotExposed_thenItIsNotThere() {
        application.run(context -> assertThat(context).doesNotHaveBean(FailoverEndpoint.class));
        application
                .withPropertyValues("management.endpoints.web.exposure.include=failover")
                .run(context -> assertThat(context).hasSingleBean(FailoverEndpoint.class));
        application
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=failover",
                        "management.endpoint.failover.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(FailoverEndpoint.class));
    }
}
