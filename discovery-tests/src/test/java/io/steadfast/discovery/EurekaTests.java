package io.steadfast.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.cloud.netflix.eureka.EurekaHealthIndicator;

/** Eureka's client of Spring Cloud, and a real server. */
class EurekaTests extends RegistryContract {

    /** What it says where only the first list, which comes with the start, has ever been had. */
    private static final String NEVER_BY_A_REFRESH = "has not yet successfully connected";

    EurekaTests() {
        super(new EurekaRegistry());
    }

    /** Its client answers from a copy without a word, so no meter of a pool can tell; Spring Cloud's health contributor can. */
    @Override
    void whileTheRegistryIsLost(Caller caller) {
        double failures = caller.refreshFailures();
        EurekaHealthIndicator client = caller.application().getBean(EurekaHealthIndicator.class);
        eventually().untilAsserted(() -> {
            assertThat(caller.answers(2)).isNotEmpty();
            assertThat(client.health().getStatus().getDescription())
                    .containsAnyOf("reporting failures to connect", NEVER_BY_A_REFRESH);
        });
        assertThat(caller.refreshFailures()).isEqualTo(failures);
        eventually().untilAsserted(() -> assertThat(caller.gauge("list-age")).isLessThan(2.5));
    }
}
