package io.steadfast.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class InvalidResilienceFailureAnalyzerTests {

    private static final StartupProblem ATTEMPTS = new StartupProblem(
            "max-attempts must be at least 1, but is 0",
            "class path resource [application.yml] - 6:23",
            "Correct the value.");

    private static final StartupProblem FINAL =
            new StartupProblem("The method is final", "@Retry on Inventory.find", "Remove final.");

    @Test
    void whenThereAreSeveralMistakes_thenBothListsAreNumbered() {
        FailureAnalysis analysis = analyze(ATTEMPTS, FINAL);

        assertThat(analysis.getDescription()).isEqualTo("""
                        The resilience of this application has 2 mistakes:

                        1. max-attempts must be at least 1, but is 0
                           in class path resource [application.yml] - 6:23
                        2. The method is final
                           in @Retry on Inventory.find
                        """);
        assertThat(analysis.getAction()).isEqualTo("""
                        1. Correct the value.
                        2. Remove final.

                        To start all the same, with warnings instead, set resilience.validation=lenient.""");
    }

    @Test
    void whenThereIsOneMistake_thenTheTextSaysSo() {
        assertThat(analyze(FINAL).getDescription()).startsWith("The resilience of this application has one mistake:");
    }

    @Test
    void whenTheExceptionIsWrapped_thenBootFindsTheAnalyzerAndTheCause() {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, cannotBeMadeAlone) -> {})
                .stream()
                .filter(InvalidResilienceFailureAnalyzer.class::isInstance)
                .toList();

        assertThat(analyzers).hasSize(1);
        assertThat(analyzers.get(0).analyze(new IllegalStateException(new InvalidResilienceException(List.of(FINAL)))))
                .isNotNull();
        assertThat(analyzers.get(0).analyze(new IllegalStateException("another")))
                .isNull();
    }

    private static FailureAnalysis analyze(StartupProblem... problems) {
        return new InvalidResilienceFailureAnalyzer()
                .analyze(new RuntimeException(new InvalidResilienceException(List.of(problems))));
    }
}
