package io.steadfast.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The board in {@code docs/grafana}. */
final class Board {

    static final Path FOLDER = Path.of("..", "docs", "grafana");

    private final JsonNode root;

    Board() throws IOException {
        root = new JsonMapper().readTree(Files.readString(FOLDER.resolve("steadfast-board.json")));
    }

    JsonNode root() {
        return root;
    }

    /** All panels, rows among them. */
    List<JsonNode> panels() {
        return root.path("panels").valueStream().toList();
    }

    /** Those that show something. */
    List<JsonNode> charts() {
        return panels().stream()
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .toList();
    }

    List<JsonNode> variables() {
        return root.path("templating").path("list").valueStream().toList();
    }

    /** What is drawn over the charts, without Grafana's own. */
    Stream<JsonNode> annotations() {
        return root.path("annotations").path("list").valueStream().filter(annotation -> annotation.has("expr"));
    }

    /** All that is asked of Prometheus. */
    List<Expression> expressions() {
        return charts().stream()
                .flatMap(panel -> panel.path("targets")
                        .valueStream()
                        .map(target -> new Expression(
                                panel.path("title").asString() + " "
                                        + target.path("refId").asString(),
                                target.path("expr").asString(),
                                target.path("range").asBoolean())))
                .toList();
    }

    /** The expression as Grafana sends it, if all instances and names are chosen. */
    static String filled(String expression, String application) {
        return expression
                .replace("$__rate_interval", "15s")
                .replace("$application", application)
                .replace("$instance", ".*")
                .replace("$name", ".*");
    }

    /**
     * One expression.
     *
     * @param where the panel that asks it
     * @param text with variables
     * @param overTime whether a graph is drawn of it
     */
    record Expression(String where, String text, boolean overTime) {

        @Override
        public String toString() {
            return where;
        }
    }
}
