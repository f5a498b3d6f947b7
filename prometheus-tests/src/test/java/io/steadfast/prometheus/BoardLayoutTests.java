package io.steadfast.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The board as Grafana reads it: nothing lies upon something else, and everything says what it is. */
class BoardLayoutTests {

    private static final int COLUMNS = 24;

    private Board board;

    @BeforeEach
    void read() throws IOException {
        board = new Board();
    }

    @Test
    void whenPanelsAreNumbered_thenNoNumberIsTaken() {
        assertThat(board.panels())
                .extracting(panel -> panel.path("id").asInt())
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void whenPanelsAreLaidOut_thenNoneLiesUponAnother() {
        List<JsonNode> laid = new ArrayList<>();
        for (JsonNode panel : board.panels()) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt())
                    .as(panel.path("title").asString())
                    .isLessThanOrEqualTo(COLUMNS);
            assertThat(laid).noneMatch(other -> overlap(other, place));
            laid.add(place);
        }
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return overlap(one, other, "x", "w") && overlap(one, other, "y", "h");
    }

    private static boolean overlap(JsonNode one, JsonNode other, String start, String length) {
        return one.path(start).asInt()
                        < other.path(start).asInt() + other.path(length).asInt()
                && other.path(start).asInt()
                        < one.path(start).asInt() + one.path(length).asInt();
    }

    @Test
    void whenAPanelIsShown_thenItSaysWhatItIsAndInWhichUnit() {
        assertThat(board.charts()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString())
                    .as(panel.path("title").asString())
                    .isNotBlank();
        });
    }

    @Test
    void whenPanelsAreShown_thenNoTwoHaveTheSameTitle() {
        assertThat(board.panels())
                .extracting(panel -> panel.path("title").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void whenSomethingIsAsked_thenTheChosenPrometheusIsAsked() {
        List<JsonNode> asking = new ArrayList<>(board.charts());
        board.charts().forEach(panel -> panel.path("targets").forEach(asking::add));
        board.annotations().forEach(asking::add);
        board.variables().stream()
                .filter(variable -> variable.path("type").asString().equals("query"))
                .forEach(asking::add);

        assertThat(asking)
                .allSatisfy(
                        node -> assertThat(node.path("datasource").path("uid").asString())
                                .isEqualTo("${datasource}"));
        assertThat(board.variables())
                .extracting(variable -> variable.path("name").asString())
                .containsExactly("datasource", "application", "instance", "name");
    }

    @Test
    void whenSomethingIsAsked_thenOnlyOfTheChosenApplication() {
        assertThat(board.expressions())
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(expression.text())
                        .contains("application=~\"$application\", instance=~\"$instance\""));
    }

    @Test
    void whenTheBoardIsRead_thenItsRowsComeInOrder() {
        assertThat(board.panels())
                .filteredOn(panel -> panel.path("type").asString().equals("row"))
                .extracting(panel -> panel.path("title").asString().split("[: ]")[0])
                .containsExactly("Overview", "Circuit", "Retries", "Limits", "Timeouts", "Pools");
    }
}
