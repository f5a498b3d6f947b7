package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page of the documentation links to is there, down to the heading. */
class GuideLinksTests {

    private static final Path DOCS = Path.of("../docs");

    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("guide"))) {
            return Stream.concat(Stream.of(DOCS.resolve("README.md")), files)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whenAPageLinksSomething_thenItIsThere(Path page) throws IOException {
        assertThat(LINK.matcher(textOf(page)).results().filter(link -> !isThere(page, link)))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    private static boolean isThere(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        if (!Files.exists(target)) {
            return false;
        }
        return link.group(2) == null
                || HEADING.matcher(textOf(target))
                        .results()
                        .anyMatch(heading -> anchor(heading.group(1)).equals(link.group(2)));
    }

    /** As GitHub makes it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .trim()
                .replace(' ', '-');
    }

    private static String textOf(Path page) {
        try {
            return CODE.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
