package io.steadfast.prometheus;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.Yaml;

/** The alerts in {@code docs/grafana}. */
final class Alerts {

    static final Path RULES = Board.FOLDER.resolve("steadfast-alerts.yml");

    static final Path RULE_TESTS = Board.FOLDER.resolve("steadfast-alerts.test.yml");

    private Alerts() {}

    @SuppressWarnings("unchecked")
    static List<Alert> all() throws IOException {
        Map<String, Object> file = read(RULES);
        List<Map<String, Object>> groups = (List<Map<String, Object>>) file.get("groups");
        return groups.stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .map(rule -> new Alert(
                        (String) rule.get("alert"),
                        (String) rule.get("expr"),
                        (Map<String, String>) rule.get("labels"),
                        (Map<String, String>) rule.get("annotations")))
                .toList();
    }

    static Map<String, Object> read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            return new Yaml().load(text);
        }
    }

    /**
     * One alert.
     *
     * @param name its name
     * @param expression when it fires
     * @param labels what it adds
     * @param annotations what it says
     */
    record Alert(String name, String expression, Map<String, String> labels, Map<String, String> annotations) {

        /** What is compared, without the comparison. */
        String withoutThreshold() {
            return expression.replaceAll("(==|!=|>=|<=|>|<) *[0-9.]+\\s*$", "");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
