package io.steadfast.retry.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.springframework.resilience.annotation.Retryable;

/** What {@code docs/guide/from-spring-retry.md} says about {@link Retryable @Retryable} is complete. */
class RetryableGuideTests {

    @Test
    void whenTheAnnotationHasAnAttribute_thenTheGuideTellsWhatBecomesOfIt() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/from-spring-retry.md"));
        String table = guide.substring(
                guide.indexOf("#### `@Retryable`, read by Steadfast"),
                guide.indexOf("#### `@ConcurrencyLimit`, read by Steadfast"));

        assertThat(Arrays.stream(Retryable.class.getDeclaredMethods()).map(Method::getName))
                .allSatisfy(attribute -> assertThat(table).containsPattern("(?m)^\\|[^|]*`" + attribute + "`[^|]*\\|"));
    }
}
