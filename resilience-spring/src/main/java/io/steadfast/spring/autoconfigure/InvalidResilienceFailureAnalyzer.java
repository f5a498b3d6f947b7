package io.steadfast.spring.autoconfigure;

import java.util.List;
import java.util.function.Function;

import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows all mistakes in annotations and settings as two numbered lists: what is wrong where, and how to mend it. */
final class InvalidResilienceFailureAnalyzer extends AbstractFailureAnalyzer<InvalidResilienceException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidResilienceException cause) {
        return new FailureAnalysis(description(cause.problems()), action(cause.problems()), cause);
    }

    private static String description(List<StartupProblem> problems) {
        String count = problems.size() == 1 ? "one mistake" : problems.size() + " mistakes";
        return "The resilience of this application has " + count + ":\n\n"
                + numbered(problems, problem -> problem.what() + "\n   in " + problem.where());
    }

    private static String action(List<StartupProblem> problems) {
        return numbered(problems, StartupProblem::action)
                + "\nTo start all the same, with warnings instead, set resilience.validation=lenient.";
    }

    private static String numbered(List<StartupProblem> problems, Function<StartupProblem, String> text) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < problems.size(); i++) {
            lines.append(i + 1).append(". ").append(text.apply(problems.get(i))).append('\n');
        }
        return lines.toString();
    }
}
