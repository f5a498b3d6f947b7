package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class NameCheckTests {

    @ParameterizedTest
    @CsvSource({"inventry,inventory", "invnetory,inventory", "inventoryy,inventory", "inentori,inventory", "user,uber"})
    void whenANameMissesAConfiguredOneByALetterOrTwo_thenItIsRefused(String asked, String configured) {
        SettingsWorld world = configured(configured);
        check(world, asked);

        assertThat(world.onlyProblem())
                .isEqualTo(new StartupProblem(
                        "'" + asked + "' is not configured, and nothing uses resilience.retry.instances." + configured,
                        "@Retry on Inventory.find, class path resource [application.yml] - 1:"
                                + (42 + configured.length() + 1),
                        "Did you mean '" + configured + "'? If the annotation is right, call the property '" + asked
                                + "'."));
    }

    @ParameterizedTest
    @CsvSource({"cat,bat", "inventory,prices", "invtry,inventory", "stock,stocklist"})
    void whenNamesDifferMore_thenTheUnusedOneIsOnlyReported(String asked, String configured, CapturedOutput output) {
        SettingsWorld world = configured(configured);
        check(world, asked);

        assertThat(world.problems()).isEmpty();
        assertThat(output)
                .contains("Nothing uses resilience.retry.instances." + configured
                        + " (class path resource [application.yml] - 1:");
    }

    @Test
    void whenAnUnconfiguredNameResemblesOneInUse_thenItIsPointedOut(CapturedOutput output) {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.stock.max-attempts: 4");
        check(world, "stock", "stok");

        assertThat(world.problems()).isEmpty();
        assertThat(output).contains("'stok' (@Retry on Inventory.find) is not configured, but 'stock' is.");
    }

    @ParameterizedTest
    @CsvSource({"inventory,Inventory", "inventory-list,inventoryList", "inventory_list,INVENTORY-LIST"})
    void whenNamesAreTheSame_thenNothingIsReported(String asked, String configured, CapturedOutput output) {
        SettingsWorld world = configured(configured);
        check(world, asked);

        assertThat(world.problems()).isEmpty();
        assertThat(output).doesNotContain("Nothing uses");
    }

    @Test
    void whenBothNamesAreConfigured_thenTheUnusedOneIsNoSlip(CapturedOutput output) {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances:\n  shop1:\n  shop2:\n");
        check(world, "shop1");

        assertThat(world.problems()).isEmpty();
        assertThat(output).contains("Nothing uses resilience.retry.instances.shop2");
    }

    @Test
    void whenOthersBuildOnAnInstance_thenItIsUsed(CapturedOutput output) {
        SettingsWorld world = SettingsWorld.of(
                "resilience.retry.instances:\n  inventory.base: slow\n  slow.base: slower\n  slower.max-attempts: 9\n");
        world.read("inventory");
        check(world, "inventory");

        assertThat(world.problems()).isEmpty();
        assertThat(output).doesNotContain("Nothing uses");
    }

    @Test
    void whenNothingIsConfigured_thenNamesAreFree() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.defaults.max-attempts: 2");
        check(world, "inventory");

        assertThat(world.problems()).isEmpty();
    }

    @Test
    void whenACallIsMissedByALetter_thenItIsRefused(CapturedOutput output) {
        SettingsWorld world =
                SettingsWorld.of("resilience.calls:\n  Inventory.fnd.order: retry\n  gone.order: retry\n");
        NameCheck.checkCalls(
                world.reader().global(), Map.of("Inventory.find", "Inventory.find(String)"), world.report());

        assertThat(world.onlyProblem().what())
                .isEqualTo("'Inventory.find' is not configured, and nothing uses resilience.calls.Inventory.fnd");
        assertThat(output).contains("Nothing uses resilience.calls.gone");
    }

    private static SettingsWorld configured(String name) {
        return SettingsWorld.of("resilience.retry.instances." + name + ".max-attempts: 2");
    }

    private static void check(SettingsWorld world, String... asked) {
        Map<String, String> used =
                Stream.of(asked).collect(Collectors.toMap(name -> name, name -> "@Retry on Inventory.find"));
        NameCheck.check(world.reader(), Map.of("retry", used), world.report());
    }
}
