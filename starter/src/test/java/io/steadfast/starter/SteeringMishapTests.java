package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.steadfast.spring.GuardEngine;
import io.steadfast.spring.PolicySections;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.steer.ChangeRefusedException;
import io.steadfast.spring.steer.LiveChange;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;

/** What goes wrong at night: two operators at once, properties that change under a change, an application that stops. */
class SteeringMishapTests {

    private final Map<String, Object> live = new ConcurrentHashMap<>();

    @Test
    void whenATimeRunsOutWhileSomebodyUndoes_thenItEndsOnce() {
        Night.run(night -> inTwo((people, together) -> {
            for (int round = 0; round < 100; round++) {
                LiveChange made =
                        night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), Duration.ofSeconds(1));
                int told = night.told().size();
                Future<?> undo = people.submit(() -> {
                    together.await();
                    try {
                        night.undo("SteeredShop.bill", made.id());
                    } catch (ChangeRefusedException tooLate) {
                        assertThat(tooLate).hasMessageContaining("has no change '" + made.id() + "' in force");
                    }
                    return null;
                });
                together.await();
                night.timer.advance(Duration.ofSeconds(1));
                undo.get();

                assertThat(night.told().subList(told, night.told().size()))
                        .filteredOn(text -> !text.startsWith("Refused"))
                        .hasSize(1);
                assertThat(night.value("SteeredShop.bill", "retry", "max-attempts")
                                .value())
                        .isEqualTo(2);
            }
            assertThat(night.overlays()).isZero();
        }));
    }

    @Test
    void whenTheSameValueIsChangedByMany_andTakenBackInAnotherOrder_thenItIsAsBefore() {
        Night.run(night -> inTwo((people, together) -> {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int attempts = 3 + i;
                made.add(people.submit(
                        () -> night.change("SteeredShop.bill", "retry", Map.of("max-attempts", attempts), null)
                                .id()));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> one : made) {
                ids.add(one.get());
            }
            assertThat(ids).doesNotHaveDuplicates();
            Object last = night.changes.inForce().get(19).values().get("max-attempts");
            assertThat(String.valueOf(night.value("SteeredShop.bill", "retry", "max-attempts")
                            .value()))
                    .isEqualTo(last);
            Collections.shuffle(ids, new Random(7));
            List<Future<?>> undone = new ArrayList<>();
            ids.forEach(id -> undone.add(people.submit(() -> night.undo("SteeredShop.bill", id))));
            for (Future<?> one : undone) {
                one.get();
            }

            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(2);
            assertThat(night.overlays()).isZero();
        }));
    }

    @Test
    void whenAnIdIsNotKnown_thenThoseInForceAreNamed() {
        Night.run(night -> {
            night.act("card", "force-open", "circuit-breaker", null);

            assertThatThrownBy(() -> night.undo("card", "c99"))
                    .hasMessage("Call 'card' has no change 'c99' in force: these are in force: c1 (force-open of"
                            + " circuit-breaker).");
            assertThatThrownBy(() -> night.undo("stock", "c1")).hasMessageContaining("none is.");
        });
    }

    @Test
    void whenPropertiesLoseTheSection_thenTheChangeHoldsOn_andItsEndLeavesNothing() {
        live.put("resilience.bulkhead.instances.parcel.max-concurrent-calls", 3);
        atLive(night -> {
            night.change("parcel", "bulkhead", Map.of("max-concurrent-calls", 4), Duration.ofMinutes(1));
            live.clear();
            assertThat(refresh(night)).isFalse();
            assertThat(night.value("parcel", "bulkhead", "max-concurrent-calls").value())
                    .isEqualTo(4);

            night.timer.advance(Duration.ofMinutes(1));

            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.places("parcel"))
                    .contains("retry", "circuit-breaker")
                    .doesNotContain("bulkhead");
        });
    }

    @Test
    void whenPropertiesLoseTheSectionOfADisabledPolicy_thenEnablingItLeavesNothing() {
        live.put("resilience.bulkhead.instances.parcel.max-concurrent-calls", 3);
        atLive(night -> {
            night.act("parcel", "disable", "bulkhead", null);
            live.clear();
            assertThat(refresh(night)).isFalse();

            night.undo("parcel", null);

            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.places("parcel")).contains("retry").doesNotContain("bulkhead", "bulkhead disabled");
            assertThat(night.overlays()).isZero();
        });
    }

    @Test
    void whenPropertiesChangeADisabledPolicy_thenItStaysDisabled_andComesBackWithThem() {
        atLive(night -> {
            night.act("SteeredShop.bill", "disable", "retry", null);
            live.put("resilience.retry.instances.bill.max-attempts", 7);
            assertThat(refresh(night)).isFalse();
            night.shop.down(true);
            assertThat(night.shop.entriesOf(night.shop::bill)).isOne();

            night.act("SteeredShop.bill", "enable", "retry", null);

            assertThat(night.shop.entriesOf(night.shop::bill)).isEqualTo(7);
        });
    }

    @Test
    void whenTheApplicationStops_thenNoEndIsPending() {
        Night.run(night -> {
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), Duration.ofSeconds(10));
            night.act("card", "force-open", "circuit-breaker", Duration.ofSeconds(10));
            night.act("card", "disable", "circuit-breaker", Duration.ofSeconds(10));

            night.context.getSourceApplicationContext().close();

            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.overlays()).isZero();
            night.timer.advance(Duration.ofSeconds(10));
            assertThatThrownBy(() -> night.undo("card", null)).isInstanceOf(ChangeRefusedException.class);
        });
    }

    @Test
    void whenAListIsChanged_thenAllOfItIsReplaced_andComesBack() {
        live.put("resilience.failover.instances.stock.urls[0]", "http://10.0.0.7:80");
        live.put("resilience.failover.instances.stock.urls[1]", "http://10.0.0.8:80");
        live.put("resilience.failover.instances.stock.urls[2]", "http://10.0.0.9:80");
        atLive(night -> {
            Object before = night.value("stock", "failover", "urls").value();
            night.change(
                    "stock", "failover", Map.of("urls", List.of("http://10.0.0.1:80", "http://10.0.0.2:80")), null);
            assertThat(String.valueOf(night.value("stock", "failover", "urls").value()))
                    .contains("10.0.0.1", "10.0.0.2")
                    .doesNotContain("10.0.0.9");

            night.undo("stock", null);

            assertThat(night.value("stock", "failover", "urls").value()).isEqualTo(before);
        });
    }

    @Test
    void whenAListIsEmptied_thenItIsEmpty_untilItIsUndone() {
        live.put("resilience.retry.instances.bill.ignore-exceptions", "java.io.IOException");
        atLive(night -> {
            night.shop.down(true);
            assertThat(night.shop.entriesOf(night.shop::bill)).isOne();
            for (Object none : List.of("", List.of())) {
                night.change("SteeredShop.bill", "retry", Map.of("ignore-exceptions", none), null);
                assertThat(night.shop.entriesOf(night.shop::bill)).isEqualTo(2);
                night.undo("SteeredShop.bill", null);
                assertThat(night.shop.entriesOf(night.shop::bill)).isOne();
            }
        });
    }

    @Test
    void whenAPartOfAListOrOfAnObjectIsChanged_thenTheWholeIsAskedFor() {
        Night.run(night -> {
            assertThatThrownBy(() -> night.change("stock", "failover", Map.of("urls[0]", "http://10.0.0.3:80"), null))
                    .hasMessage("urls[0] is a part of urls, which is changed as a whole: write all of it under urls.");
            assertThatThrownBy(() -> night.change("stock", "failover", Map.of("urls", Map.of("a", "b")), null))
                    .hasMessage("urls needs a text, a number, a boolean or a list of these.");
            assertThatThrownBy(() -> night.change(
                            "stock",
                            "failover",
                            Map.of("urls", List.of("http://10.0.0.3:80,http://10.0.0.4:80")),
                            null))
                    .hasMessageContaining("urls has an element with a comma");
            assertThat(night.changes.inForce()).isEmpty();
        });
    }

    /** All that is shown can be written as it is shown, so nobody has to look up how. */
    @Test
    void whenAShownValueIsWrittenBack_thenItIsAccepted() {
        Night.run(night -> {
            PolicySections sections = night.context.getBean(GuardEngine.class).sections();
            List<String> refused = new ArrayList<>();
            night.changes
                    .find("stock")
                    .orElseThrow()
                    .pipeline()
                    .forEach(policy -> policy.values().forEach((key, value) -> {
                        String section =
                                sections.sectionOf(policy.id().policy()).orElseThrow();
                        if (value.value() == null || key.equals("enabled") || !sections.isChangeable(section, key)) {
                            return;
                        }
                        try {
                            night.change("stock", section, Map.of(key, value.value()), null);
                            night.undo("stock", null);
                        } catch (ChangeRefusedException refusal) {
                            refused.add(section + "." + key + "=" + value.value() + ": " + refusal.getMessage());
                        }
                    }));
            assertThat(refused).isEmpty();
        });
    }

    private void atLive(Consumer<Night> test) {
        Night.world()
                .withInitializer(context ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)))
                .run(context -> test.accept(new Night(context)));
    }

    private static boolean refresh(Night night) {
        return night.context.getBean(ResilienceRefresher.class).refresh().isRefused();
    }

    private static void inTwo(Two test) {
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            test.run(people, new CyclicBarrier(2));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        } finally {
            people.shutdownNow();
        }
    }

    private interface Two {

        void run(ExecutorService people, CyclicBarrier together) throws Exception;
    }
}
