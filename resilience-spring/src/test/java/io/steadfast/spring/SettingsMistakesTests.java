package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsMistakesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wait-duration    | quick   | is not a duration                                   | Write a number and its unit, for example 500ms, 2s or 1m.
                    wait-duration    | 5 bits  | is not a duration                                   | Write a number and its unit, for example 500ms, 2s or 1m.
                    max-attempts     | three   | is not a whole number                               | Write digits only, for example 3, within the range of the type.
                    max-attempts     | 2.5     | is not a whole number                               | Write digits only, for example 3, within the range of the type.
                    max-attempts     | 3000000000 | is not a whole number                            | Write digits only, for example 3, within the range of the type.
                    backoff          | linear  | is not one of exponential, fixed, de-correlated     | Write one of: exponential, fixed, de-correlated.
                    buffer-size      | big     | is not a size                                       | Write a number and its unit, for example 512KB or 10MB.
                    budget.ratio     | much    | is not a number                                     | Write a number, for example 0.5 or 2.
                    budget.enabled   | perhaps | is not true or false                                | Write true or false.
                    enabled          | perhaps | is not true or false                                | Write true or false.
                    jitter           | some    | is not a valid jitter: write full, or a number                          | Correct the value, or remove the key to use the default.
                    """)
    void whenAValueDoesNotConvert_thenItIsRefusedWithPlaceAndMend(String key, String value, String what, String mend) {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.inventory:\n  " + key + ": " + value);
        EffectiveSettings<ToySettings> read = world.read("inventory");

        StartupProblem problem = world.onlyProblem();
        assertThat(problem.what())
                .isEqualTo("resilience.retry.instances.inventory." + key + " = '" + value + "' " + what);
        assertThat(problem.where()).isEqualTo("class path resource [application.yml] - 2:" + (key.length() + 5));
        assertThat(problem.action()).isEqualTo(mend);
        assertThat(read.values())
                .usingRecursiveComparison()
                .isEqualTo(SettingsWorld.of("a: b").read("inventory").values());
    }

    @Test
    void whenSeveralValuesAreWrong_thenAllAreReportedAndTheRestHolds() {
        SettingsWorld world = SettingsWorld.of("""
                resilience.retry:
                  defaults.wait-duration: soon
                  instances.inventory:
                    max-attempts: many
                    max-duration: 4s
                    retry-exceptions: [java.io.IOException, com.acme.Gone]
                """);
        EffectiveSettings<ToySettings> read = world.read("inventory", Map.of("backoff", "linear"));

        assertThat(world.problems())
                .extracting(StartupProblem::where)
                .containsExactlyInAnyOrder(
                        "class path resource [application.yml] - 2:27",
                        "class path resource [application.yml] - 4:19",
                        "class path resource [application.yml] - 6:24",
                        "@Retry on Inventory.find");
        assertThat(read.settings().getMaxDuration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(read.settings().getMaxAttempts()).isEqualTo(3);
    }

    @Test
    void whenAValueIsMissing_thenItIsRefused() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.inventory.wait-duration:");
        world.read("inventory");

        assertThat(world.onlyProblem())
                .isEqualTo(new StartupProblem(
                        "resilience.retry.instances.inventory.wait-duration has no value",
                        "class path resource [application.yml] - 1:52",
                        "Give it a value, or remove it to use the default."));
    }

    @Test
    void whenAMapOrListDoesNotConvert_thenItIsShownWhole() {
        SettingsWorld world = SettingsWorld.of("""
                resilience.retry.instances.inventory:
                  weights: {a: heavy}
                  ports: [80, http]
                """);
        world.read("inventory");

        assertThat(world.problems())
                .extracting(StartupProblem::what)
                .containsExactlyInAnyOrder(
                        "resilience.retry.instances.inventory.weights = '{[a]=heavy}' is not a valid weights: For input string: \"heavy\"",
                        "resilience.retry.instances.inventory.ports = '[80, http]' is not a whole number");
    }

    @Test
    void whenASetterRefuses_thenItsKeyIsNamed() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.defaults: {picky: 13, max-attempts: 4}");
        ToySettings settings = world.read("inventory").settings();

        assertThat(world.onlyProblem().what())
                .isEqualTo("resilience.retry.defaults.picky = '13' is not a valid picky: not that number");
        assertThat(settings.getMaxAttempts()).isEqualTo(4);
    }

    @Test
    void whenAClassDoesNotExist_thenItIsRefusedByName() {
        SettingsWorld world =
                SettingsWorld.of("resilience.retry.defaults.retry-exceptions: java.io.IOException, com.acme.Gone");
        EffectiveSettings<ToySettings> read = world.read("inventory");

        StartupProblem problem = world.onlyProblem();
        assertThat(problem.what())
                .isEqualTo(
                        "resilience.retry.defaults.retry-exceptions names the class 'com.acme.Gone', which does not exist");
        assertThat(problem.where()).isEqualTo("class path resource [application.yml] - 1:45");
        assertThat(read.settings().getRetryExceptions()).containsExactly(IOException.class);
    }

    @Test
    void whenAClassIsNoException_thenItIsRefused() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.defaults.retry-exceptions[0]: java.lang.String");
        world.read("inventory");

        assertThat(world.onlyProblem().what())
                .isEqualTo("resilience.retry.defaults.retry-exceptions names the class 'java.lang.String', which is not"
                        + " a java.lang.Throwable");
    }

    @Test
    void whenValidationIsLenient_thenMistakesAreLeftOut() {
        SettingsWorld world = SettingsWorld.of("""
                        resilience.retry.instances.inventory:
                          max-attempts: many
                          wait-duration: 2s
                          retry-exceptions: com.acme.Gone, java.io.IOException
                          base: nobody
                        """).lenient();
        ToySettings settings = world.read("inventory").settings();

        assertThat(settings.getMaxAttempts()).isEqualTo(3);
        assertThat(settings.getWaitDuration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.getRetryExceptions()).containsExactly(IOException.class);
        assertThat(world.problems()).isEmpty();
    }

    @Test
    void whenPlaceholdersResolve_thenTheirValueHolds() {
        SettingsWorld world = SettingsWorld.of("""
                attempts: 6
                errors: java.io.IOException,java.lang.Error
                resilience.retry.instances.inventory:
                  max-attempts: ${attempts}
                  retry-exceptions: ${errors}
                  base: ${parent:slow}
                resilience.retry.instances.slow.max-duration: 7s
                """);
        EffectiveSettings<ToySettings> read = world.read("inventory", Map.of("wait-duration", "${wait:8s}"));

        assertThat(world.problems()).isEmpty();
        assertThat(read.settings().getMaxAttempts()).isEqualTo(6);
        assertThat(read.settings().getWaitDuration()).isEqualTo(Duration.ofSeconds(8));
        assertThat(read.settings().getMaxDuration()).isEqualTo(Duration.ofSeconds(7));
        assertThat(read.settings().getRetryExceptions()).containsExactly(IOException.class, Error.class);
        assertThat(read.values().get("max-attempts").value()).isEqualTo(6);
    }

    @Test
    void whenAPlaceholderIsUnknown_thenItIsRefused() {
        SettingsWorld world = SettingsWorld.of("a: b");
        world.read("inventory", Map.of("wait-duration", "${wait}"));

        assertThat(world.onlyProblem())
                .isEqualTo(new StartupProblem(
                        "wait-duration = '${wait}' has a placeholder that nothing resolves",
                        "@Retry on Inventory.find",
                        "Define the property it names, or give the placeholder a default: ${name:default}."));
    }

    @Test
    void whenBaseIsUnknown_thenTheNearestIsNamed() {
        SettingsWorld world = SettingsWorld.of("""
                resilience.retry.instances:
                  inventory.base: slwo
                  slow.max-attempts: 2
                """);
        world.read("inventory");

        assertThat(world.onlyProblem())
                .isEqualTo(new StartupProblem(
                        "resilience.retry.instances.inventory.base = 'slwo' is no configured instance of retry",
                        "class path resource [application.yml] - 2:19",
                        "Did you mean slow?"));
    }

    @Test
    void whenBasesFormACircle_thenItIsRefusedAndValuesStillHold() {
        SettingsWorld world = SettingsWorld.of("""
                resilience.retry.instances:
                  one: {base: two, max-attempts: 4}
                  two: {base: three, wait-duration: 2s}
                  three: {base: one}
                  self: {base: Self}
                """);
        ToySettings one = world.read("one").settings();
        world.read("self");

        assertThat(one.getMaxAttempts()).isEqualTo(4);
        assertThat(one.getWaitDuration()).isEqualTo(Duration.ofSeconds(2));
        List<StartupProblem> problems = world.problems();
        assertThat(problems)
                .extracting(StartupProblem::what)
                .containsExactly(
                        "resilience.retry.instances.three.base = 'one' closes a circle: one -> two -> three -> one",
                        "resilience.retry.instances.self.base = 'Self' closes a circle: self -> Self");
    }
}
