package io.steadfast.fallback.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.steadfast.fallback.autoconfigure.FallbackAutoConfiguration;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The guide says what is so. */
class FallbackGuideTests {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, FallbackAutoConfiguration.class));

    @Test
    void whenTheGuideShowsCode_thenItIsCompiledHere() throws IOException {
        String compiled =
                unindented(Files.readString(Path.of("src/test/java/io/steadfast/fallback/guide/GuideSnippets.java")));
        List<String> snippets = JAVA.matcher(guide())
                .results()
                .map(found -> unindented(found.group(1)))
                .toList();

        assertThat(snippets)
                .hasSize(5)
                .allSatisfy(snippet -> assertThat(compiled).contains(snippet));
    }

    @Test
    void whenTheGuideShowsARefusal_thenItIsWhatAPersonGets() throws IOException {
        String guide = guide();
        runner.withBean(GuideSnippets.Mistaken.Inventory.class).run(context -> {
            assertThat(context).hasFailed();
            StartupProblem problem =
                    rootOf(context.getStartupFailure()).problems().get(0);
            assertThat(guide).contains(problem.what() + "\n" + problem.where() + "\n" + problem.action() + "\n");
        });
    }

    @Test
    void whenTheCodeOfTheGuideRuns_thenItDoesWhatTheGuideSays() throws Exception {
        assertThat(GuideSnippets.plain()).isEqualTo(GuideSnippets.Price.UNKNOWN);
        assertThat(GuideSnippets.filtered().id()).hasToString("fallback 'price'");
        runner.withBean(GuideSnippets.Offers.class)
                .run(context -> assertThat(
                                context.getBean(GuideSnippets.Offers.class).offers())
                        .isEmpty());
    }

    private static InvalidResilienceException rootOf(Throwable failure) {
        Throwable root = failure;
        while (!(root instanceof InvalidResilienceException) && root.getCause() != null) {
            root = root.getCause();
        }
        return (InvalidResilienceException) root;
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("../docs/guide/fallback.md"));
    }

    private static String unindented(String code) {
        return code.lines()
                .map(String::strip)
                .reduce("", (text, line) -> text + line + "\n")
                .strip();
    }
}
