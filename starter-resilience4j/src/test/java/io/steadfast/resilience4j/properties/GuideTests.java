package io.steadfast.resilience4j.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of {@code docs/guide/from-resilience4j.md} are the rules that the translation goes by. */
class GuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/from-resilience4j.md");

    @ParameterizedTest
    @EnumSource(ForeignPolicy.class)
    void whenTheGuideHasAPolicysTable_thenItsRowsAreTheRules(ForeignPolicy policy) throws IOException {
        List<String> rules = Stream.concat(KeyRules.of(policy).stream(), KeyRules.ofSection(policy).stream())
                .map(KeyRule::row)
                .toList();

        assertThat(rows("### `resilience4j." + policy.section() + "`")).containsExactlyElementsOf(rules);
    }

    @Test
    void whenTheGuideHasTheOtherKeys_thenTheyAreTheRules() throws IOException {
        assertThat(rows("### Everything else"))
                .containsExactlyElementsOf(
                        KeyRules.elsewhere().stream().map(KeyRule::row).toList());
    }

    @Test
    void whenTheGuideHasDefaults_thenTheyAreWhatIsTranslated() throws IOException {
        List<String> translated = new ArrayList<>();
        Translated nothing = Translated.of("");
        for (String property : nothing.source().getPropertyNames()) {
            if (!Objects.equals(nothing.get(property), "")) {
                translated.add("| `" + property + "` | `" + nothing.get(property) + "` |");
            }
        }

        assertThat(rows("## Defaults")).containsExactlyElementsOf(translated);
    }

    /** The rows of the first table below a heading, without its head. */
    private static List<String> rows(String heading) throws IOException {
        List<String> lines = Files.readAllLines(GUIDE);
        int start = lines.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        return lines.stream()
                .skip(start + 1)
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }
}
