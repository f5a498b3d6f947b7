package io.steadfast.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The example of the guide to policies, run. */
@ExtendWith(OutputCaptureExtension.class)
class DoorTests {

    private static final Path GUIDE = Path.of("..", "docs", "guide", "write-a-policy.md");

    private static final Path HERE = Path.of("src", "test", "java", "io", "steadfast", "door");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class))
            .withBean(DoorProvider.class)
            .withBean(DoorRule.class)
            .withBean(Archive.class)
            .withPropertyValues("resilience.door.instances.archive.places=2", "resilience.order=door");

    @ParameterizedTest
    @ValueSource(strings = {"DoorProvider.java", "DoorRule.java"})
    void whenTheGuideIsRead_thenItShowsTheCodeThatIsRunHere(String file) throws IOException {
        assertThat(Files.readString(GUIDE)).contains("```java\n" + Files.readString(HERE.resolve(file)) + "```");
    }

    @Test
    void whenHalfOfThePlacesAreTaken_thenResidentsAreLetInAndGuestsAreNot() {
        application.run(context -> {
            Archive archive = context.getBean(Archive.class);
            archive.browse(() -> {
                assertThatThrownBy(() -> archive.browse(() -> "a guest")).isInstanceOf(BulkheadFullException.class);
                assertThat(archive.restore(() -> "a resident")).isEqualTo("a resident");
                return archive.restore(() -> {
                    assertThatThrownBy(() -> archive.restore(() -> "full")).isInstanceOf(BulkheadFullException.class);
                    return "done";
                });
            });
            assertThat(archive.browse(() -> "free again")).isEqualTo("free again");
        });
    }

    @Test
    void whenNothingBoundsTheStay_thenTheRuleSaysSo(CapturedOutput output) {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .containsOnlyOnce("Call 'archive': nothing bounds how long a place behind the door is taken (door"
                            + " places = 2 from \"resilience.door.instances.archive.places\" from property source"
                            + " \"test\") Add a @Timeout.");
        });
    }

    static class Archive {

        @Door("archive")
        String browse(Callable<String> work) throws Exception {
            return work.call();
        }

        @Door(value = "archive", visitor = "resident")
        String restore(Callable<String> work) throws Exception {
            return work.call();
        }
    }
}
