package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Keys in a section that belongs to no policy. */
@ExtendWith(OutputCaptureExtension.class)
class SectionKeysTests {

    private static SettingsWorld check(SettingsWorld world) {
        world.sections(new PropertySection("web-calls", Shape.class));
        KeyCheck.check(world.reader(), world.report());
        return world;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enabled: true",
                "push-back.max-wait: 5s",
                "pushBack.MAX_WAIT: 5s",
                "push-back:",
                "clients.inventory.base-url: http://inventory",
                "clients.inventory.push-back.max-wait: 1s",
                "'clients.[eu.inventory].base-url': http://inventory",
                "clients.eu.inventory.base-url: http://inventory",
                "clients.inventory:",
                "labels.region: eu",
                "labels.region.zone.rack: 7",
                "statuses.5xx: transient",
                "methods: GET, HEAD",
                "methods: [GET, HEAD]",
                "hosts: [{base-url: a}, {base-url: b, push-back.max-wait: 1s}]",
                "codes: [500, 503]",
                "limits: {inventory: [1, 2]}"
            })
    void whenAKeyIsInTheShape_thenItIsKnown(String key) {
        assertThat(check(SettingsWorld.of("resilience.web-calls." + key)).problems())
                .isEmpty();
        assertThat(check(SettingsWorld.of("resilience.webCalls." + key)).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    enabeld                              | Did you mean enabled?
                    push-back.max-wiat                   | Did you mean max-wait?
                    pushback.maxWiat                     | Did you mean max-wait?
                    pushbak.max-wait                     | Did you mean push-back?
                    clients.inventory.base-ulr           | Did you mean base-url?
                    clients.inventory.push-back.max-wiat | Did you mean max-wait?
                    hosts[0].base-ulr                    | Did you mean base-url?
                    hosts[1].push-back.max-wiat          | Did you mean max-wait?
                    enabled.twice                        | It takes no key below it.
                    push-back.max-wait.seconds           | It takes no key below it.
                    methods[0].first                     | It takes no key below it.
                    codes[0].first                       | It takes no key below it.
                    push-back.colour                     | Known here: max-wait.
                    clients.inventory.colour             | Known here: base-url, push-back.
                    methods.first                        | Known here: [0].
                    hosts.first.base-url                 | Known here: [0].
                    """)
    void whenAKeyIsNot_thenItIsRefusedWithWhatToDo(String key, String mend) {
        StartupProblem problem = check(SettingsWorld.of("\"resilience.web-calls." + key + "\": 7"))
                .onlyProblem();

        assertThat(problem.what()).isEqualTo("Nobody reads the property resilience.web-calls." + key);
        assertThat(problem.where()).startsWith("class path resource [application.yml] - 1:");
        assertThat(problem.action()).isEqualTo(mend);
    }

    @Test
    void whenNoKeyIsNear_thenAllAreListed() {
        assertThat(check(SettingsWorld.of("resilience.web-calls.colour: red"))
                        .onlyProblem()
                        .action())
                .isEqualTo("Known here: clients, codes, enabled, hosts, labels, limits, methods, push-back, statuses.");
    }

    @Test
    void whenTheSectionItselfHasAValue_thenItNeedsAKey() {
        assertThat(check(SettingsWorld.of("resilience.web-calls: 7"))
                        .onlyProblem()
                        .action())
                .isEqualTo("Write a key below it.");
        assertThat(check(SettingsWorld.of("resilience.web-calls:")).problems()).isEmpty();
    }

    @Test
    void whenTheSectionIsMisspelled_thenItsNameIsAmongTheKnown() {
        assertThat(check(SettingsWorld.of("resilience.web-cals.enabled: true"))
                        .onlyProblem()
                        .action())
                .isEqualTo("Did you mean resilience.web-calls?");
    }

    @Test
    void whenAVariableIsInTheSection_thenItIsTakenAsItIs(CapturedOutput output) {
        SettingsWorld world = new SettingsWorld()
                .variables(Map.of(
                        "RESILIENCE_WEBCALLS_PUSHBACK_MAXWAIT", "5s",
                        "RESILIENCE_WEB_CALLS_CLIENTS_INVENTORY_BASEURL", "http://inventory",
                        "RESILIENCE_WEBCALLS_METHODS_0_", "GET"));

        assertThat(check(world).problems()).isEmpty();
        assertThat(output).doesNotContain("Nobody reads");
    }

    @Test
    void whenTwoShareASection_thenAKeyOfEitherIsKnown() {
        SettingsWorld world = SettingsWorld.of("resilience.web-calls: {enabled: true, header: Deadline, hedaer: x}");
        world.sections(new PropertySection("web-calls", Shape.class), new PropertySection("web-calls", Other.class));
        KeyCheck.check(world.reader(), world.report());

        assertThat(world.onlyProblem().what()).isEqualTo("Nobody reads the property resilience.web-calls.hedaer");
    }

    @Test
    void whenASectionIsThere_thenItsStarterIsNotMissed() {
        SettingsWorld world = SettingsWorld.of("resilience.http.header: Deadline\nresilience.http.hedaer: x");
        world.sections(new PropertySection("http", Other.class));
        KeyCheck.check(world.reader(), world.report());

        assertThat(world.onlyProblem().action()).isEqualTo("Did you mean header?");
    }

    /** A shape with everything that settings are made of. */
    static class Shape {

        public boolean isEnabled() {
            return true;
        }

        public PushBack getPushBack() {
            return new PushBack();
        }

        public Map<String, Client> getClients() {
            return new LinkedHashMap<>();
        }

        public Map<String, String> getLabels() {
            return Map.of();
        }

        public Map<String, Thread.State> getStatuses() {
            return Map.of();
        }

        public List<String> getMethods() {
            return List.of();
        }

        public List<Client> getHosts() {
            return List.of();
        }

        public int[] getCodes() {
            return new int[0];
        }

        public Map<String, List<Integer>> getLimits() {
            return Map.of();
        }
    }

    static class Client {

        public String getBaseUrl() {
            return "";
        }

        public PushBack getPushBack() {
            return new PushBack();
        }
    }

    static class PushBack {

        public Duration getMaxWait() {
            return Duration.ZERO;
        }
    }

    static class Other {

        public String getHeader() {
            return "";
        }
    }
}
