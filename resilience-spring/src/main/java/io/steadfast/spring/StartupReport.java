package io.steadfast.spring;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.steadfast.core.InvalidSettingsException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Collects what is wrong with annotations and settings, so that all mistakes come in one report. Lenient validation turns
 * mistakes into warnings; a mistake that leaves nothing sensible to do is then answered by leaving the policy out.
 */
final class StartupReport {

    private static final Log LOGGER = LogFactory.getLog(StartupReport.class);

    private final boolean lenient;

    private final Queue<StartupProblem> problems = new ConcurrentLinkedQueue<>();

    private final Set<StartupProblem> told = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    StartupReport(boolean lenient) {
        this.lenient = lenient;
    }

    boolean isLenient() {
        return lenient;
    }

    /** Reports one mistake: at once where it would otherwise be lost, else together with the others. */
    void add(StartupProblem problem) {
        boolean known = !told.add(problem);
        if (known && (lenient || !closed)) {
            return;
        }
        if (lenient) {
            LOGGER.warn(problem.describe());
            return;
        }
        problems.add(problem);
        if (closed) {
            raise(); // a lazy bean, made after the application has started: refused each time it is asked for
        }
    }

    void add(InvalidGuardException refusal) {
        add(new StartupProblem(String.valueOf(refusal.getMessage()), refusal.where(), refusal.action()));
    }

    /** Something the developer should know but that hurts nobody. */
    void notice(String text) {
        LOGGER.warn(text);
    }

    /** Refuses to start if anything is wrong. From now on each further mistake is refused by itself. */
    void close() {
        closed = true;
        raise();
    }

    private void raise() {
        if (!problems.isEmpty()) {
            List<StartupProblem> found = List.copyOf(problems);
            problems.clear();
            throw new InvalidResilienceException(found);
        }
    }

    /** The problems of a policy's own check, each with the place its value came from. */
    void add(InvalidSettingsException refusal, String policy, String instance, EffectiveSettings<?> settings) {
        for (InvalidSettingsException.Problem problem : refusal.problems()) {
            List<String> named = problem.keys().stream().map(settings::describe).toList();
            add(new StartupProblem(
                    policy + " '" + instance + "': " + problem,
                    String.join(", ", named),
                    "Correct the value, or remove it to use the default."));
        }
    }
}
