package io.steadfast.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;

import io.steadfast.failover.InstanceState.Status;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds with every registry. Two instances are there throughout; each test brings those that it takes away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryContract {

    private final Registry registry;
    private Shop first;
    private Shop second;
    private Caller caller;

    RegistryContract(Registry registry) {
        this.registry = registry;
    }

    @BeforeAll
    void begin() {
        registry.start();
        first = Shop.register(registry, "first", "north", 3);
        second = Shop.register(registry, "second", "south", 1);
        caller = Caller.start(registry.client());
    }

    /** What an earlier test took away may still be listed. */
    @BeforeEach
    void settle() {
        eventually()
                .untilAsserted(() -> assertThat(caller.pool().instances())
                        .extracting(state -> state.instance().uri())
                        .containsExactlyInAnyOrder(first.uri(), second.uri()));
    }

    @AfterAll
    void end() {
        caller.close();
        first.close();
        second.close();
        registry.stop();
    }

    @Test
    void whenInstancesAreRegistered_thenCallsReachAllOfThem() {
        assertThat(caller.answers(20)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whenARequestNamesTheService_thenItReachesAllInstances() {
        assertThat(IntStream.range(0, 20).mapToObj(call -> caller.client().byName()))
                .containsOnly("first", "second");
    }

    @Test
    void whenAServiceInstanceIsAskedFor_thenItCarriesWhatTheRegistrySays() {
        assertThat(IntStream.range(0, 20)
                        .mapToObj(call -> caller.client().byServiceInstance(null))
                        .map(instance ->
                                instance.getUri() + " " + instance.getMetadata().get("zone")))
                .containsOnly(first.uri() + " north", second.uri() + " south");
    }

    @Test
    void whenInstancesAreRegisteredWithZoneAndWeight_thenThePoolKnowsBoth() {
        assertThat(caller.instance(first.uri()).zone()).isEqualTo("north");
        assertThat(caller.instance(first.uri()).weight()).isEqualTo(3);
        assertThat(caller.instance(second.uri()).zone()).isEqualTo("south");
        assertThat(caller.instance(second.uri()).weight()).isEqualTo(1);
    }

    @Test
    void whenAnInstanceDiesAndTheRegistryStillListsIt_thenNoCallFailsAndItIsEjected() {
        try (Shop third = join("third")) {
            third.die();

            eventually().untilAsserted(() -> {
                assertThat(caller.answers(1)).doesNotContain("third");
                assertThat(caller.state(third.uri()).orElseThrow().status()).isEqualTo(Status.EJECTED);
            });
            assertThat(caller.answers(20)).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void whenAnInstanceDeregisters_thenItLeavesThePoolAndNoCallFails() {
        Shop third = join("third");

        third.close();

        eventually().untilAsserted(() -> {
            assertThat(caller.answers(1)).doesNotContain("third");
            assertThat(caller.state(third.uri())).isEmpty();
        });
    }

    @Test
    void whenTheRegistryIsLost_thenCallsGoOnWithTheLastGoodList() {
        registry.stop();
        try {
            whileTheRegistryIsLost(caller);

            assertThat(caller.answers(20)).containsExactlyInAnyOrder("first", "second");
            assertThat(caller.gauge("instances", "state", "available")).isEqualTo(2);
        } finally {
            bringBack();
        }
    }

    @Test
    void whenTheRegistryComesBack_thenNewInstancesAreSeen() {
        registry.stop();
        whileTheRegistryIsLost(caller);
        bringBack();

        try (Shop third = join("third")) { // a registry that has only just come back may still be told who is there
            eventually()
                    .untilAsserted(
                            () -> assertThat(caller.answers(30)).containsExactlyInAnyOrder("first", "second", "third"));
        }
    }

    /** Waits until the meters tell of the loss. */
    void whileTheRegistryIsLost(Caller caller) {
        double failures = caller.refreshFailures();
        eventually().untilAsserted(() -> {
            assertThat(caller.answers(2)).isNotEmpty();
            assertThat(caller.gauge("list-age")).isGreaterThan(2.5);
            assertThat(caller.refreshFailures()).isGreaterThan(failures);
            assertThat(caller.pool().trouble()).isPresent();
        });
    }

    /** A registry may have forgotten all it knew; its instances tell it again. Meanwhile no call fails. */
    private void bringBack() {
        registry.start();
        eventually().untilAsserted(() -> {
            assertThat(caller.answers(10)).containsExactlyInAnyOrder("first", "second");
            assertThat(caller.pool().trouble()).isEmpty();
        });
    }

    /** A further instance that has been seen by the caller. */
    private Shop join(String name) {
        Shop shop = Shop.register(registry, name, "north", 1);
        eventually().untilAsserted(() -> assertThat(caller.answers(10)).contains(name));
        return shop;
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
