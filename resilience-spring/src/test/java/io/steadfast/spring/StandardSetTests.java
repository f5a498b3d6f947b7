package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.spring.toys.ToyLimit;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** What holds where {@link Resilient @Resilient} brings a policy and nobody said anything about it. */
class StandardSetTests {

    @Test
    void whenNothingIsConfigured_thenTheStandardValuesHoldAndSaySo() {
        GuardedWorld.of(Standard.class).run(context -> {
            assertThat(GuardedWorld.policies(context, "stock"))
                    .containsExactly("timeout.total 'stock'", "timeout 'stock'");
            assertThat(value(context, "limit")).isEqualTo(new EffectiveValue("2s", "standard set of @Resilient"));
            assertThat(value(context, "total")).isEqualTo(new EffectiveValue("10s", "standard set of @Resilient"));
            assertThat(value(context, "total").isChosen()).isFalse();
            assertThat(value(context, "unit")).isEqualTo(new EffectiveValue("clock", EffectiveValue.BUILT_IN));
            assertThat(value(context, "unit").isChosen()).isFalse();
        });
    }

    @Test
    void whenThePolicysDefaultsSpeak_thenTheyWin() {
        GuardedWorld.of(Standard.class)
                .withPropertyValues("resilience.timeout.defaults.total=3s")
                .run(context -> {
                    assertThat(value(context, "total").value()).isEqualTo("3s");
                    assertThat(value(context, "total").isChosen()).isTrue();
                    assertThat(value(context, "limit").origin()).isEqualTo(EffectiveValue.STANDARD_SET);
                });
    }

    @Test
    void whenSomethingIsConfiguredUnderTheName_thenThereIsNoStandardSet() {
        GuardedWorld.of(Standard.class)
                .withPropertyValues("resilience.retry.instances.stock.max-attempts=2")
                .run(context ->
                        assertThat(GuardedWorld.policies(context, "stock")).containsExactly("retry 'stock'"));
        GuardedWorld.of(Standard.class)
                .withPropertyValues(
                        "resilience.timeout.instances.stock.limit=1s", "resilience.timeout.instances.stock.owner=ann")
                .run(context -> assertThat(GuardedWorld.policies(context, "stock"))
                        .as("no total, for the standard set is not asked for")
                        .containsExactly("timeout 'stock'"));
    }

    @Test
    void whenItIsSwitchedOff_thenItIsNotThere() {
        GuardedWorld.of(Standard.class)
                .withPropertyValues("resilience.timeout.instances.stock.enabled=false")
                .run(context ->
                        assertThat(GuardedWorld.policies(context, "stock")).isEmpty());
    }

    @Test
    void whenAnAnnotationTunesOneOfTheSet_thenTheRestOfItStays() {
        GuardedWorld.of(Tuned.class).run(context -> {
            assertThat(GuardedWorld.value(context, "tuned", "timeout", "limit"))
                    .isEqualTo(new EffectiveValue("500ms", "@ToyLimit on Tuned.call"));
            assertThat(GuardedWorld.limit(context, "tuned", "timeout.total").limit())
                    .isEqualTo(Duration.ofSeconds(10));
        });
    }

    @Test
    void whenOnlyTheAnnotationAsks_thenNothingIsStandard() {
        GuardedWorld.of(Alone.class)
                .run(context ->
                        assertThat(GuardedWorld.policies(context, "stock")).containsExactly("timeout 'stock'"));
    }

    @Test
    void whenAnAnnotationSharesTheInstance_thenTheSetAddsWhatItLeavesOpen() {
        for (Class<?>[] order : new Class<?>[][] {{Alone.class, Standard.class}, {Standard.class, Alone.class}}) {
            GuardedWorld.of(order).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(GuardedWorld.policies(context, "stock"))
                        .containsExactly("timeout.total 'stock'", "timeout 'stock'");
                assertThat(value(context, "limit").value()).isEqualTo("1s");
                assertThat(value(context, "total").value()).isEqualTo("10s");
            });
        }
    }

    private static EffectiveValue value(ApplicationContext context, String key) {
        return GuardedWorld.value(context, "stock", "timeout", key);
    }

    static class Standard {

        @Resilient("stock")
        public void call() {}
    }

    static class Tuned {

        @Resilient("tuned")
        @ToyLimit(limit = "500ms")
        public void call() {}
    }

    static class Alone {

        @ToyLimit(value = "stock", limit = "1s", owner = "ann")
        public void call() {}
    }
}
