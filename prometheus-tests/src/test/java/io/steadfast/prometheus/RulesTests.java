package io.steadfast.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What promtool says of the alerts, and that their own tests leave none out. */
class RulesTests {

    private static final File NOTHING = new File("/dev/null");

    @Test
    void whenPromtoolChecksTheRules_thenTheyAreRight() throws Exception {
        Programs.Result result = Programs.promtool(NOTHING.toPath(), "check", "rules", Alerts.RULES.toString());

        assertThat(result.code()).as(result.output()).isZero();
    }

    @Test
    void whenPromtoolTestsTheRules_thenTheyPass() throws Exception {
        Programs.Result result = Programs.promtool(NOTHING.toPath(), "test", "rules", Alerts.RULE_TESTS.toString());

        assertThat(result.code()).as(result.output()).isZero();
    }

    @Test
    void whenThereIsAnAlert_thenItIsTestedToFireAndToBeSilent() throws IOException {
        List<String> fire = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Map<String, Object> check : checks()) {
            (check.containsKey("exp_alerts") ? fire : silent).add((String) check.get("alertname"));
        }

        assertThat(Alerts.all()).isNotEmpty().extracting(Alerts.Alert::name).allSatisfy(alert -> {
            assertThat(fire).contains(alert);
            assertThat(silent).contains(alert);
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> checks() throws IOException {
        List<Map<String, Object>> tests =
                (List<Map<String, Object>>) Alerts.read(Alerts.RULE_TESTS).get("tests");
        return tests.stream()
                .flatMap(test -> ((List<Map<String, Object>>) test.get("alert_rule_test")).stream())
                .toList();
    }
}
