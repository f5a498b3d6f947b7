package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import io.steadfast.core.PolicyOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalSettingsTests {

    @Test
    void whenNothingIsSet_thenAllPoliciesWorkInTheStandardOrder() {
        GlobalSettings global = SettingsWorld.of("a: b").reader().global();

        assertThat(global).isEqualTo(GlobalSettings.NONE);
        assertThat(global.allows("retry")).isTrue();
        assertThat(global.orderOf("inventory")).isEqualTo(PolicyOrder.STANDARD);
        assertThat(global.originOfOrder("inventory")).isEqualTo("built in");
        assertThat(global.ignoredBy("inventory").test(new IOException())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true",
        "false,false,false",
        "FALLBACK_ONLY,true,false",
        "fallback-only,true,false",
        "'off',false,false"
    })
    void whenEnabledIsSet_thenOnlyThosePoliciesWork(String value, boolean fallback, boolean retry) {
        SettingsWorld world = SettingsWorld.of("resilience.enabled: " + value);
        GlobalSettings global = world.reader().global();

        assertThat(global.allows("fallback")).isEqualTo(fallback);
        assertThat(global.allows("retry")).isEqualTo(retry);
        assertThat(world.problems()).isEmpty();
    }

    @Test
    void whenSwitchesHaveUnknownValues_thenTheyAreRefused() {
        SettingsWorld world = SettingsWorld.of("resilience:\n  enabled: maybe\n  validation: lax\n");
        world.reader().global();

        assertThat(world.problems())
                .containsExactly(
                        new StartupProblem(
                                "resilience.enabled = 'maybe' is not one of true, false, fallback-only",
                                "class path resource [application.yml] - 2:12",
                                "Write one of: true, false, fallback-only."),
                        new StartupProblem(
                                "resilience.validation = 'lax' is not one of strict, lenient",
                                "class path resource [application.yml] - 3:15",
                                "Write one of: strict, lenient."));
    }

    @Test
    void whenValidationIsLenient_thenItIsKnownEarly() {
        assertThat(GlobalSettings.isLenient(
                        SettingsWorld.of("resilience.validation: Lenient").environment()))
                .isTrue();
        assertThat(GlobalSettings.isLenient(SettingsWorld.of("how: lenient\nresilience.validation: ${how}")
                        .environment()))
                .isTrue();
        assertThat(GlobalSettings.isLenient(
                        SettingsWorld.of("resilience.validation: strict").environment()))
                .isFalse();
        assertThat(GlobalSettings.isLenient(SettingsWorld.of("a: b").environment()))
                .isFalse();
        assertThat(GlobalSettings.isLenient(SettingsWorld.of("resilience.validation: strict")
                        .variables(Map.of("RESILIENCE_VALIDATION", "lenient"))
                        .environment()))
                .isTrue();
    }

    @Test
    void whenACallHasItsOwnOrder_thenItWinsOverTheCommonOne() {
        SettingsWorld world = SettingsWorld.of("""
                resilience:
                  order: [retry, fallback]
                  calls:
                    Inventory.find.order: circuit-breaker, retry
                    "[Inventory.list]":
                      ignore-exceptions: java.io.IOException
                """);
        GlobalSettings global = world.reader().global();

        assertThat(world.problems()).isEmpty();
        assertThat(global.orderOf("Inventory.find").places()).containsExactly("circuit-breaker", "retry");
        assertThat(global.originOfOrder("Inventory.find")).isEqualTo("class path resource [application.yml] - 4:27");
        assertThat(global.orderOf("Inventory.list").places()).containsExactly("retry", "fallback");
        assertThat(global.originOfOrder("Inventory.list")).isEqualTo("class path resource [application.yml] - 2:11");
        assertThat(global.ignoredBy("Inventory.list").test(new UncheckedIOException(new IOException())))
                .isTrue();
        assertThat(global.ignoredBy("Inventory.list").test(new IllegalStateException()))
                .isFalse();
        assertThat(global.ignoredBy("Inventory.find").test(new IOException())).isFalse();
    }

    @Test
    void whenAnOrderNamesNonsense_thenItIsRefused() {
        SettingsWorld world = SettingsWorld.of("resilience.order: [retry, retyr, retry, chaos]");
        GlobalSettings global = world.reader().global();

        assertThat(global.orderOf("inventory")).isEqualTo(PolicyOrder.STANDARD);
        assertThat(world.problems())
                .extracting(StartupProblem::what, StartupProblem::action)
                .containsExactly(
                        tuple("names 'retyr', which is no policy", "Did you mean retry?"),
                        tuple("names 'retry' twice", "Name each policy once."),
                        tuple(
                                "names 'chaos', which is no policy",
                                "Name some of: " + String.join(", ", PolicyOrder.STANDARD.places()) + "."));
    }

    private static org.assertj.core.groups.Tuple tuple(String what, String action) {
        return org.assertj.core.api.Assertions.tuple("order = [retry, retyr, retry, chaos] " + what, action);
    }
}
