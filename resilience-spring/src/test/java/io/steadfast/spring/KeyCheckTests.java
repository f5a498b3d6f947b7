package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeyCheckTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    resilience.retry.instances.inventory.max-atempts        | Did you mean max-attempts?
                    resilience.retry.instances.Inventory.find.maxAttemtps   | Did you mean max-attempts?
                    resilience.retry.instances.inventory.budget.ration      | Did you mean budget.ratio?
                    resilience.retry.defaults.wait-duratoin                 | Did you mean wait-duration?
                    resilience.retry.defaults.max-attempts.twice            | max-attempts takes no such index or key below it.
                    resilience.retry.defaults.max-attempts[0]               | max-attempts takes no such index or key below it.
                    resilience.retry.defaults.base                          | A base belongs to an instance: write resilience.retry.instances.<name>.base.
                    resilience.retry.max-attempts                           | Write resilience.retry.defaults.<key> for all instances, or resilience.retry.instances.<name>.<key> for one.
                    resilience.retry.instances.inventory                    | Write resilience.retry.defaults.<key> for all instances, or resilience.retry.instances.<name>.<key> for one.
                    resilience.retry.default.max-attempts                   | Did you mean resilience.retry.defaults?
                    resilience.rety.defaults.max-attempts                   | Did you mean resilience.retry?
                    resilience.validaton                                    | Did you mean resilience.validation?
                    resilience.call.inventory.order                         | Did you mean resilience.calls?
                    resilience.calls.inventory.ignored-exceptions           | Did you mean ignore-exceptions?
                    """)
    void whenAKeyIsUnknown_thenItIsRefusedWithTheNearest(String key, String mend) {
        SettingsWorld world = SettingsWorld.of("\"" + key + "\": 7");
        KeyCheck.check(world.reader(), world.report());

        StartupProblem problem = world.onlyProblem();
        assertThat(problem.what()).isEqualTo("Nobody reads the property " + key);
        assertThat(problem.where()).startsWith("class path resource [application.yml] - 1:");
        assertThat(problem.action()).isEqualTo(mend);
    }

    @Test
    void whenNoKeyIsNear_thenTheKnownOnesAreListed() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.defaults.colour: red\nresilience.colour: red");
        KeyCheck.check(world.reader(), world.report());

        List<StartupProblem> problems = world.problems();
        assertThat(problems.get(0).action()).startsWith("Known keys: max-attempts, wait-duration, backoff");
        assertThat(problems.get(1).action())
                .startsWith("Remove it. Known here: enabled, validation, order, calls, retry");
    }

    @Test
    void whenKeysAreKnown_thenNothingIsRefused() {
        SettingsWorld world = SettingsWorld.of("""
                resilience:
                  enabled: true
                  validation: strict
                  order: [retry]
                  calls.Inventory.find.order: retry
                  retry:
                    defaults: {maxAttempts: 2, enabled: true, urls: [a, b], weights: {a: 1}, budget.ratio: 1}
                    instances:
                      inventory: {base: other, enabled: false, MAX_ATTEMPTS: 3}
                      other:
                resilient: {other: 1}
                """);
        KeyCheck.check(world.reader(), world.report());

        assertThat(world.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "circuitBreaker.instances.inventory.sliding-window-size,circuit-breaker,steadfast-starter-circuitbreaker",
        "fallback.defaults.exceptions,fallback,steadfast-starter-fallback",
        "timeout.defaults.limit,timeout,steadfast-starter-timeout",
        "rate-limiter.defaults.limit-for-period,rate-limiter,steadfast-starter-ratelimiter",
        "bulkhead.defaults.queue-capacity,bulkhead,steadfast-starter-bulkhead",
        "hedge.defaults.delay,hedge,steadfast-starter-hedge",
        "failover.instances.inventory.urls,failover,steadfast-starter-failover",
        "http.enabled,http,steadfast-starter-http",
        "dashboard.path,dashboard,steadfast-starter-dashboard",
        "shutdown.quiet-period,shutdown,steadfast-starter-failover"
    })
    void whenAStarterIsAbsent_thenItsArtifactIsNamed(String key, String section, String artifact) {
        SettingsWorld world = SettingsWorld.of("resilience." + key + ": 1");
        KeyCheck.check(world.reader(), world.report());

        StartupProblem problem = world.onlyProblem();
        assertThat(problem.what())
                .isEqualTo("The property resilience." + key + " is set, but nothing here reads resilience." + section);
        assertThat(problem.action())
                .isEqualTo("Add the dependency io.steadfast:" + artifact + ", or remove resilience." + section + ".");
    }

    @Test
    void whenAnAbsentSectionHasManyKeys_thenItIsReportedOnce() {
        SettingsWorld world = SettingsWorld.of("resilience.hedge.defaults: {delay: 1s, extra-load: 0.1}");
        KeyCheck.check(world.reader(), world.report());

        assertThat(world.problems()).hasSize(1);
    }

    @Test
    void whenAnArgumentIsUnknown_thenItIsRefused() {
        SettingsWorld world = new SettingsWorld().arguments(Map.of("resilience.retry.defaults.max-attempt", "1"));
        KeyCheck.check(world.reader(), world.report());

        assertThat(world.onlyProblem().where())
                .isEqualTo("\"resilience.retry.defaults.max-attempt\" from property source \"commandLineArgs\"");
    }

    @Test
    void whenAVariableIsUnknown_thenItOnlyWarns(CapturedOutput output) {
        SettingsWorld world = new SettingsWorld()
                .variables(Map.of("RESILIENCE_SERVICE_HOST", "10.0.0.1", "RESILIENCE_RETRY_DEFAULTS_MAXATEMPTS", "1"));
        KeyCheck.check(world.reader(), world.report());

        assertThat(world.problems()).isEmpty();
        assertThat(output)
                .contains("\"RESILIENCE_SERVICE_HOST\" from property source")
                .contains("\"RESILIENCE_RETRY_DEFAULTS_MAXATEMPTS\" from property source")
                .contains("Did you mean max-attempts?");
    }

    @Test
    void whenAnUnknownKeyHasNoValue_thenItIsNotTakenForAnInstance() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.inventory.max-atempts:");
        KeyCheck.check(world.reader(), world.report());

        assertThat(world.onlyProblem().action()).isEqualTo("Did you mean max-attempts?");
    }
}
