package io.steadfast.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows is what the sample does: each piece of Java and YAML stands in this module, line by line. */
class DocumentationTests {

    private static final Path HOUSE = Path.of("..", "..");

    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```(?:java|yaml)\\n(.*?)^```");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void whenTheReadmeIsRead_thenItShowsJavaAndYaml() {
        assertThat(snippets("README.md")).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/guide/first-minute.md"})
    void whenCodeIsShown_thenItIsInTheSources(String page) {
        List<String> sources = sources();

        assertThat(snippets(page))
                .allSatisfy(snippet -> assertThat(sources).anyMatch(source -> stands(snippet, source)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/guide/first-minute.md"})
    void whenAFileIsLinked_thenItExists(String page) {
        Path folder = HOUSE.resolve(page).resolveSibling("");

        assertThat(LINK.matcher(read(HOUSE.resolve(page))).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
    }

    private static List<String> snippets(String page) {
        return SNIPPET.matcher(read(HOUSE.resolve(page)))
                .results()
                .map(MatchResult::group)
                .map(block ->
                        block.lines().filter(line -> !line.startsWith("```")).collect(Collectors.joining("\n")))
                .toList();
    }

    /** Members of a class are indented there, and statements more so; between imports there may be others. */
    private static boolean stands(String snippet, String source) {
        return snippet.lines().allMatch(line -> line.startsWith("import "))
                ? source.lines().toList().containsAll(snippet.lines().toList())
                : Stream.of(0, 4, 8).anyMatch(depth -> source.contains(indented(snippet, depth)));
    }

    private static List<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|yml)"))
                    .map(DocumentationTests::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String indented(String text, int depth) {
        return text.lines()
                .map(line -> line.isEmpty() ? line : " ".repeat(depth) + line)
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
