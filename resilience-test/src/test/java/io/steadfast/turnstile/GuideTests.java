package io.steadfast.turnstile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** The guides show the code that is compiled here, to the letter. */
class GuideTests {

    private static final Path GUIDE = Path.of("..", "docs", "guide");

    private static final Path HERE = Path.of("src", "test", "java", "io", "steadfast", "turnstile");

    private static String source(String file) throws IOException {
        return Files.readString(HERE.resolve(file));
    }

    private static String part(String tag) throws IOException {
        String source = source("WithoutSpringTests.java");
        int start = source.indexOf('\n', source.indexOf("// tag::" + tag + "[]")) + 1;
        int end = source.lastIndexOf('\n', source.indexOf("// end::" + tag + "[]")) + 1;
        return source.substring(start, end - 1).stripIndent() + "\n"; // a last empty line would count as no indent
    }

    @Test
    void whenGuideToPoliciesIsRead_thenItShowsTheTurnstileAndItsTest() throws IOException {
        assertThat(Files.readString(GUIDE.resolve("write-a-policy.md")))
                .contains("```java\n" + source("Turnstile.java") + "```")
                .contains("```java\n" + source("TurnstileTests.java") + "```");
    }

    @Test
    void whenGuideWithoutSpringIsRead_thenItShowsTheTestedLines() throws IOException {
        assertThat(Files.readString(GUIDE.resolve("without-spring.md")))
                .contains("```java\n" + part("four") + "```")
                .contains("```java\n" + part("builder") + "```");
    }
}
