package io.steadfast.bulkhead.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.ConcurrencyLimit.ThrottlePolicy;

/** What {@code docs/guide/from-spring-retry.md} says about {@link ConcurrencyLimit @ConcurrencyLimit} is complete. */
class ConcurrencyLimitGuideTests {

    @Test
    void whenTheAnnotationHasAnAttribute_thenTheGuideTellsWhatBecomesOfIt() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/from-spring-retry.md"));
        String table = guide.substring(guide.indexOf("#### `@ConcurrencyLimit`, read by Steadfast"));

        assertThat(Arrays.stream(ConcurrencyLimit.class.getDeclaredMethods()).map(Method::getName))
                .allSatisfy(attribute -> assertThat(table).containsPattern("(?m)^\\|[^|]*`" + attribute + "`[^|]*\\|"));
        assertThat(ThrottlePolicy.values())
                .allSatisfy(policy -> assertThat(table).containsPattern("(?m)^\\|[^|]*`policy = " + policy + "`"));
    }
}
