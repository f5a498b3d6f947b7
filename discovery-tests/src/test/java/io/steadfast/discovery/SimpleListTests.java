package io.steadfast.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Set;

import io.steadfast.failover.InstanceState.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;

/** The simple property client of Spring Cloud: instances that properties list. There is no registry to lose. */
class SimpleListTests {

    private static final String LIST = "spring.cloud.discovery.client.simple.instances.shop";

    private static Shop first;
    private static Shop second;

    @BeforeAll
    static void begin() {
        first = Shop.start("first");
        second = Shop.start("second");
    }

    @AfterAll
    static void end() {
        first.close();
        second.close();
    }

    @Test
    void whenInstancesAreListed_thenCallsReachAllOfThem() {
        try (Caller caller = Caller.start(LIST + "[0].uri=" + first.uri(), LIST + "[1].uri=" + second.uri())) {
            assertThat(caller.answers(20)).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void whenAnInstanceIsListedWithZoneAndWeight_thenThePoolKnowsBoth() {
        try (Caller caller = Caller.start(
                LIST + "[0].uri=" + first.uri(),
                LIST + "[0].instance-id=first",
                LIST + "[0].metadata.zone=north",
                LIST + "[0].metadata.weight=3")) {
            caller.answers(1);

            assertThat(caller.instance(first.uri()).id()).isEqualTo("first");
            assertThat(caller.instance(first.uri()).zone()).isEqualTo("north");
            assertThat(caller.instance(first.uri()).weight()).isEqualTo(3);
        }
    }

    @Test
    void whenNobodyIsAtAnAddress_thenNoCallFailsAndItIsEjected() {
        URI nobody = URI.create("http://" + Loopback.HOST + ":" + Loopback.freePort());
        try (Caller caller = Caller.start(LIST + "[0].uri=" + first.uri(), LIST + "[1].uri=" + nobody)) {
            RegistryContract.eventually().untilAsserted(() -> {
                assertThat(caller.answers(1)).containsExactly("first");
                assertThat(caller.state(nobody).orElseThrow().status()).isEqualTo(Status.EJECTED);
            });
        }
    }

    @Test
    void whenThePropertiesChange_thenThePoolFollows() {
        try (Caller caller = Caller.start(LIST + "[0].uri=" + first.uri())) {
            assertThat(caller.answers(3)).containsExactly("first");

            TestPropertyValues.of(LIST + "[0].uri=" + second.uri()).applyTo(caller.application());
            caller.application().publishEvent(new EnvironmentChangeEvent(Set.of(LIST + "[0].uri")));

            RegistryContract.eventually()
                    .untilAsserted(() -> assertThat(caller.answers(3)).containsExactly("second"));
        }
    }

    @Test
    void whenNobodyListsTheService_thenStartUpSaysSo() {
        assertThatThrownBy(Caller::start).hasStackTraceContaining("no registry knows a service 'shop'");
    }
}
