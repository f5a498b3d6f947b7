package io.steadfast.spring;

import java.util.List;
import java.util.stream.Collectors;

/** The application cannot start: annotations or settings make no sense. Names all mistakes at once. */
public final class InvalidResilienceException extends RuntimeException {

    private final transient List<StartupProblem> problems;

    /**
     * Refuses to start.
     *
     * @param problems all mistakes, at least one
     */
    public InvalidResilienceException(List<StartupProblem> problems) {
        super(problems.stream().map(StartupProblem::describe).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * The mistakes.
     *
     * @return at least one
     */
    public List<StartupProblem> problems() {
        return problems;
    }
}
