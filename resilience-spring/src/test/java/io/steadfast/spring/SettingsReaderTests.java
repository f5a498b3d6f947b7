package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.spring.ToySettings.Growth;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.util.unit.DataSize;

class SettingsReaderTests {

    private static final String ALL_LAYERS = """
            resilience:
              retry:
                defaults:
                  max-attempts: 4
                  wait-duration: 1s
                  max-duration: 9s
                  budget:
                    ratio: 0.5
                instances:
                  slow:
                    wait-duration: 3s
                    backoff: fixed
                    max-attempts: 5
                  inventory:
                    base: slow
                    max-attempts: 7
            """;

    @Test
    void whenNothingIsConfigured_thenBuiltInValuesHold() {
        EffectiveSettings<ToySettings> read = SettingsWorld.of("a: b").read("inventory");

        assertThat(read.enabled()).isTrue();
        assertThat(read.settings().getMaxAttempts()).isEqualTo(3);
        assertThat(read.values())
                .containsEntry("max-attempts", new EffectiveValue(3, "built in"))
                .containsEntry("wait-duration", new EffectiveValue("100ms", "built in"))
                .containsEntry("max-duration", new EffectiveValue(null, "built in"))
                .containsEntry("budget.ratio", new EffectiveValue(0.2, "built in"));
        assertThat(read.values().keySet())
                .containsExactly(
                        "max-attempts",
                        "wait-duration",
                        "backoff",
                        "jitter",
                        "max-duration",
                        "buffer-size",
                        "retry-exceptions",
                        "urls",
                        "hook",
                        "result-predicate",
                        "weights",
                        "ports",
                        "picky",
                        "budget.enabled",
                        "budget.ratio");
    }

    @Test
    void whenAllLayersSpeak_thenTheNearestWinsAndIsNamed() {
        SettingsWorld world = SettingsWorld.of(ALL_LAYERS);
        EffectiveSettings<ToySettings> read = world.read("inventory", Map.of("max-attempts", 6, "wait-duration", "2s"));

        assertThat(world.problems()).isEmpty();
        assertThat(read.values())
                .containsEntry("max-attempts", at(7, "16:23"))
                .containsEntry("wait-duration", new EffectiveValue("2s", "@Retry on Inventory.find"))
                .containsEntry("backoff", at("fixed", "12:18"))
                .containsEntry("max-duration", at("9s", "6:21"))
                .containsEntry("budget.ratio", at(0.5, "8:16"))
                .containsEntry("jitter", new EffectiveValue("full", "built in"))
                .containsEntry("base", at("slow", "15:15"));
        assertThat(read.settings().getMaxAttempts()).isEqualTo(7);
        assertThat(read.settings().getWaitDuration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(read.settings().getBackoff()).isEqualTo(Growth.FIXED);
        assertThat(read.describe("max-attempts"))
                .isEqualTo("max-attempts = 7 from class path resource [application.yml] - 16:23");
    }

    @Test
    void whenInstanceIsUnknown_thenAttributesAndDefaultsHold() {
        EffectiveSettings<ToySettings> read = SettingsWorld.of(ALL_LAYERS).read("prices", Map.of("max-attempts", "6"));

        assertThat(read.settings().getMaxAttempts()).isEqualTo(6);
        assertThat(read.settings().getWaitDuration()).isEqualTo(Duration.ofSeconds(1));
        assertThat(read.settings().getBackoff()).isEqualTo(Growth.EXPONENTIAL);
    }

    @Test
    void whenTwoInstancesAreRead_thenTheyShareNoSettings() {
        SettingsWorld world = SettingsWorld.of("a: b");
        world.read("one").settings().setMaxAttempts(9);

        assertThat(world.read("two").settings().getMaxAttempts()).isEqualTo(3);
    }

    @Test
    void whenValuesAreInBootsNotation_thenTheyAreConverted() {
        SettingsWorld world = SettingsWorld.of("""
                resilience.retry.instances.inventory:
                  waitDuration: 0
                  MAX_DURATION: PT1M30S
                  backoff: de-correlated
                  jitter: 0.25
                  buffer-size: 2MB
                  hook: java.lang.Thread
                  result-predicate: ""
                  weights:
                    a: 1
                    b.c: 2
                  urls: http://a, http://b
                  retry-exceptions: [java.io.IOException, java.util.Map.NoSuch]
                """.replace("java.util.Map.NoSuch", "java.net.ConnectException"));
        ToySettings settings = world.read("inventory").settings();

        assertThat(world.problems()).isEmpty();
        assertThat(settings.getWaitDuration()).isZero();
        assertThat(settings.getMaxDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.getBackoff()).isEqualTo(Growth.DE_CORRELATED);
        assertThat(settings.getJitter()).isEqualTo(new ToySettings.Share(0.25));
        assertThat(settings.getBufferSize()).isEqualTo(DataSize.ofMegabytes(2));
        assertThat(settings.getHook()).isEqualTo(Thread.class);
        assertThat(settings.getResultPredicate()).isEmpty();
        assertThat(settings.getWeights()).isEqualTo(Map.of("a", 1, "b.c", 2));
        assertThat(settings.getUrls()).containsExactly("http://a", "http://b");
        assertThat(settings.getRetryExceptions()).containsExactly(IOException.class, ConnectException.class);
    }

    @Test
    void whenValuesAreShown_thenAsAnOperatorWritesThem() {
        Map<String, EffectiveValue> values =
                SettingsWorld.of("""
                        resilience.retry.instances.inventory:
                          wait-duration: 0
                          max-duration: 1500ms
                          backoff: DE_CORRELATED
                          retry-exceptions: java.io.IOException
                        """).read("inventory").values();

        assertThat(values.get("wait-duration").value()).isEqualTo("0ms");
        assertThat(values.get("max-duration").value()).isEqualTo("1500ms");
        assertThat(values.get("backoff").value()).isEqualTo("de-correlated");
        assertThat(values.get("retry-exceptions").value()).isEqualTo(List.of("java.io.IOException"));
        assertThat(values.get("urls").value()).isEqualTo(List.of("http://one"));
    }

    @Test
    void whenAListIsSetTwice_thenTheNearerReplacesTheWhole() {
        SettingsWorld world = new SettingsWorld()
                .yaml("application-prod.yml", "resilience.retry.instances.inventory.urls: [http://x]")
                .yaml("application.yml", """
                        resilience.retry:
                          defaults.retry-exceptions: [java.io.IOException, java.lang.Error]
                          instances.inventory:
                            urls: [http://a, http://b, http://c]
                            retry-exceptions: []
                        """);
        EffectiveSettings<ToySettings> read =
                world.read("inventory", Map.of("retry-exceptions", new Class<?>[] {Error.class}));

        assertThat(read.settings().getUrls()).containsExactly("http://x");
        assertThat(read.values().get("urls").origin()).isEqualTo("class path resource [application-prod.yml] - 1:45");
        assertThat(read.settings().getRetryExceptions()).isEmpty();
        assertThat(world.problems()).isEmpty();
    }

    @Test
    void whenAnAttributeListsClasses_thenTheyAreTaken() {
        ToySettings settings = SettingsWorld.of("a: b")
                .read(
                        "inventory",
                        Map.of(
                                "retry-exceptions",
                                new Class<?>[] {Error.class, IOException.class},
                                "urls",
                                new String[] {"http://a", "http://b"}))
                .settings();

        assertThat(settings.getRetryExceptions()).containsExactly(Error.class, IOException.class);
        assertThat(settings.getUrls()).containsExactly("http://a", "http://b");
    }

    @Test
    void whenSourcesOverride_thenTheFirstSourceWinsPerKey() {
        SettingsWorld world = new SettingsWorld()
                .yaml("application-prod.yml", "resilience.retry.instances.inventory.max-attempts: 2")
                .yaml("application.yml", """
                        resilience.retry.instances:
                          Inventory:
                            MaxAttempts: 8
                            wait-duration: 5s
                        """)
                .arguments(Map.of("resilience.retry.instances.inventory.wait-duration", "6s"));
        EffectiveSettings<ToySettings> read = world.read("inventory");

        assertThat(read.values().get("max-attempts"))
                .isEqualTo(new EffectiveValue(2, "class path resource [application-prod.yml] - 1:52"));
        assertThat(read.values().get("wait-duration"))
                .isEqualTo(
                        new EffectiveValue(
                                "6s",
                                "\"resilience.retry.instances.inventory.wait-duration\" from property source \"commandLineArgs\""));
    }

    @Test
    void whenADefaultOverridesInAHigherSource_thenTheInstanceStillWins() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.inventory.max-attempts: 2")
                .arguments(Map.of("resilience.retry.defaults.max-attempts", "9"));

        assertThat(world.read("inventory").settings().getMaxAttempts()).isEqualTo(2);
        assertThat(world.read("prices").settings().getMaxAttempts()).isEqualTo(9);
    }

    @Test
    void whenVariablesAreSet_thenTheyReachInstancesHoweverWritten() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("RESILIENCE_RETRY_INSTANCES_INVENTORY_MAXATTEMPTS", "5");
        variables.put("RESILIENCE_RETRY_INSTANCES_INVENTORY_WAIT_DURATION", "5s");
        variables.put("RESILIENCE_RETRY_INSTANCES_PRICE_LIST_MAX_ATTEMPTS", "6");
        variables.put("RESILIENCE_RETRY_INSTANCES_INVENTORY_FIND_MAXATTEMPTS", "7");
        variables.put("RESILIENCE_RETRY_INSTANCES_INVENTORY_RETRYEXCEPTIONS_0", "java.io.IOException");
        variables.put("RESILIENCE_RETRY_INSTANCES_INVENTORY_RETRYEXCEPTIONS_1", "java.lang.Error");
        variables.put("RESILIENCE_RETRY_DEFAULTS_BUDGET_RATIO", "0.9");
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.inventory.max-attempts: 2")
                .variables(variables);

        EffectiveSettings<ToySettings> inventory = world.read("inventory");
        assertThat(inventory.values().get("max-attempts"))
                .isEqualTo(
                        new EffectiveValue(
                                5,
                                "\"RESILIENCE_RETRY_INSTANCES_INVENTORY_MAXATTEMPTS\" from property source \"systemEnvironment\""));
        assertThat(inventory.settings().getWaitDuration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(inventory.settings().getRetryExceptions()).containsExactly(IOException.class, Error.class);
        assertThat(inventory.settings().getBudget().getRatio()).isEqualTo(0.9);
        assertThat(world.read("price-list").settings().getMaxAttempts()).isEqualTo(6);
        assertThat(world.read("Inventory.find").settings().getMaxAttempts()).isEqualTo(7);
        assertThat(world.problems()).isEmpty();
        assertThat(world.reader().unread("retry")).isEmpty();
    }

    @Test
    void whenPolicyHasADash_thenVariablesFindIt() {
        SettingsWorld.ToyProvider breaker = new SettingsWorld.ToyProvider("circuit-breaker");
        SettingsWorld world = new SettingsWorld()
                .providers(breaker)
                .variables(Map.of(
                        "RESILIENCE_CIRCUITBREAKER_DEFAULTS_MAXATTEMPTS", "5",
                        "RESILIENCE_CIRCUIT_BREAKER_INSTANCES_A_WAITDURATION", "1s"));

        ToySettings settings =
                world.reader().read(breaker, "a", List.of(), StatedValues.NONE).settings();
        assertThat(settings.getMaxAttempts()).isEqualTo(5);
        assertThat(settings.getWaitDuration()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whenNamesHaveDotsCapitalsAndDashes_thenTheyAreFound() {
        SettingsWorld world = SettingsWorld.of("""
                resilience.retry.instances:
                  Inventory.find.max-attempts: 5
                  "[Inventory.list]":
                    max-attempts: 6
                    budget.ratio: 0.7
                  price_LIST:
                    max-attempts: 7
                  max-attempts.max-attempts: 8
                """);

        assertThat(world.reader().instances("retry"))
                .containsExactlyInAnyOrder("Inventory.find", "Inventory.list", "price_LIST", "max-attempts");
        assertThat(world.read("Inventory.find").settings().getMaxAttempts()).isEqualTo(5);
        assertThat(world.read("inventory.LIST").settings().getMaxAttempts()).isEqualTo(6);
        assertThat(world.read("Inventory.list").settings().getBudget().getRatio())
                .isEqualTo(0.7);
        assertThat(world.read("price-list").settings().getMaxAttempts()).isEqualTo(7);
        assertThat(world.read("max-attempts").settings().getMaxAttempts()).isEqualTo(8);
        assertThat(world.reader().isConfigured("retry", "inventoryFind")).isFalse();
    }

    @Test
    void whenAnInstanceIsOnlyNamed_thenItIsConfigured() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.inventory:");

        assertThat(world.reader().isConfigured("retry", "Inventory")).isTrue();
        assertThat(world.reader().isConfigured("retry", "prices")).isFalse();
        assertThat(world.read("inventory").settings().getMaxAttempts()).isEqualTo(3);
    }

    @Test
    void whenEnabledIsSet_thenTheNearestWins() {
        SettingsWorld world = SettingsWorld.of("""
                resilience.retry:
                  defaults.enabled: false
                  instances:
                    alive.enabled: true
                    child.base: alive
                    dead.max-attempts: 2
                """);

        assertThat(world.read("alive").enabled()).isTrue();
        assertThat(world.read("child").enabled()).isTrue();
        assertThat(world.read("dead").enabled()).isFalse();
        assertThat(world.read("dead").values().get("enabled")).isEqualTo(at(false, "2:21"));
    }

    @Test
    void whenBootHasAttachedItsSources_thenOriginsStayThoseOfTheFiles() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances.inventory.max-attempts: 2");
        ConfigurationPropertySources.attach(world.environment());

        assertThat(world.read("inventory").values().get("max-attempts")).isEqualTo(at(2, "1:52"));
    }

    @Test
    void whenAVariableNamesAnInstanceLikeTwoOthers_thenItReachesBoth() {
        SettingsWorld world = SettingsWorld.of("resilience.retry.instances:\n  price-list:\n  price.list:\n")
                .variables(Map.of("RESILIENCE_RETRY_INSTANCES_PRICE_LIST_MAXATTEMPTS", "6"));

        assertThat(world.read("price-list").settings().getMaxAttempts()).isEqualTo(6);
        assertThat(world.read("price.list").settings().getMaxAttempts()).isEqualTo(6);
        assertThat(world.reader().instances("retry")).containsExactlyInAnyOrder("price-list", "price.list");
    }

    @Test
    void whenThereAreManyInstances_thenOnlyTheReadOneIsUsed() {
        StringBuilder yaml = new StringBuilder("resilience.retry.instances:\n");
        for (int i = 0; i < 500; i++) {
            yaml.append("  service").append(i).append(": {max-attempts: 2, wait-duration: 1s}\n");
        }
        SettingsWorld world = SettingsWorld.of(yaml.toString());

        assertThat(world.read("service499").settings().getMaxAttempts()).isEqualTo(2);
        assertThat(world.reader().unread("retry")).hasSize(499).doesNotContainKey("service499");
    }

    private static EffectiveValue at(Object value, String place) {
        return new EffectiveValue(value, "class path resource [application.yml] - " + place);
    }
}
