package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.steadfast.retry.Retry;
import io.steadfast.spring.RefreshResult;
import io.steadfast.spring.ResilienceRefresher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/** The code of {@code docs/guide/live-changes.md}: it changes what it says it does, and the log says what the page shows. */
@ExtendWith(OutputCaptureExtension.class)
class LiveChangesGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/live-changes.md");

    private static final Path THIS = Path.of("src/test/java/io/steadfast/starter/LiveChangesGuideTests.java");

    private static final String ATTEMPTS = "resilience.retry.instances.stock.max-attempts";

    private final ApplicationContextRunner application = Steadfast.application(Stock.class, Tuning.class);

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        assertThat(Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(GUIDE))
                        .results()
                        .map(found -> squeezed(found.group(1))))
                .hasSize(1)
                .allSatisfy(
                        snippet -> assertThat(squeezed(Files.readString(THIS))).contains(snippet));
    }

    @Test
    void whenAValueIsSet_thenTheLogSaysWhatTheGuideShows(CapturedOutput log) throws IOException {
        String shown = lines("Changed: retry");
        application.run(context -> {
            RefreshResult result = context.getBean(Tuning.class).set(ATTEMPTS, 5);

            assertThat(result.changes()).hasSize(1);
            assertThat(attempts(context.getBean(Stock.class))).isEqualTo(5);
            assertThat(log).contains(shown);
        });
    }

    @Test
    void whenAValueIsRefused_thenTheOneBeforeHoldsAndIsKept(CapturedOutput log) throws IOException {
        String shown = lines("Changed properties were refused");
        application.run(context -> {
            Tuning tuning = context.getBean(Tuning.class);
            tuning.set(ATTEMPTS, 5);

            assertThat(tuning.set(ATTEMPTS, 0).isRefused()).isTrue();

            assertThat(attempts(context.getBean(Stock.class))).isEqualTo(5);
            assertThat(tuning.set("resilience.retry.instances.stock.wait-duration", "1ms")
                            .isRefused())
                    .isFalse();
            assertThat(log).contains(shown);
        });
    }

    @Component
    static class Tuning {

        private final Map<String, Object> values = new ConcurrentHashMap<>();

        private final ResilienceRefresher refresher;

        Tuning(ConfigurableEnvironment environment, ResilienceRefresher refresher) {
            environment.getPropertySources().addFirst(new MapPropertySource("tuning", values));
            this.refresher = refresher;
        }

        public RefreshResult set(String key, Object value) {
            Object before = values.put(key, value);
            RefreshResult result = refresher.refresh();
            if (result.isRefused()) {
                values.compute(key, (same, refused) -> before);
            }
            return result;
        }
    }

    static class Stock {

        private int entries;

        @Retry("stock")
        public void ask() throws IOException {
            entries++;
            throw new IOException("down");
        }

        public int entries() {
            return entries;
        }
    }

    /** Asks the bean from outside, through its guard. */
    private static int attempts(Stock stock) {
        int before = stock.entries();
        assertThat(catchThrowable(stock::ask)).isInstanceOf(IOException.class);
        return stock.entries() - before;
    }

    private static String lines(String start) throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "").replace("staticclass", "class");
    }
}
