package io.steadfast.spring;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

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

    /** What was known before a change that this report is about. */
    private final Set<String> before;

    private final Set<String> noticed = ConcurrentHashMap.newKeySet();

    private final Queue<StartupProblem> problems = new ConcurrentLinkedQueue<>();

    private final Set<StartupProblem> told = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** Whether mistakes are only collected, for a change that may not come about. */
    private volatile boolean collecting;

    StartupReport(boolean lenient) {
        this(lenient, Set.of());
    }

    private StartupReport(boolean lenient, Set<String> before) {
        this.lenient = lenient;
        this.before = before;
    }

    /** A report about a change: it collects, and leaves out what was known before. */
    StartupReport forChange() {
        StartupReport next = new StartupReport(
                lenient, told.stream().map(StartupProblem::what).collect(Collectors.toUnmodifiableSet()));
        next.noticed.addAll(noticed);
        next.collecting = true;
        return next;
    }

    /** The mistakes of a change that were not there before. */
    List<StartupProblem> found() {
        return problems.stream()
                .filter(problem -> !before.contains(problem.what()))
                .toList();
    }

    /** The change has come about: from now on mistakes are told one by one. */
    void goOn() {
        problems.clear();
        collecting = false;
        closed = true;
    }

    boolean isLenient() {
        return lenient;
    }

    /** Reports one mistake: at once where it would otherwise be lost, else together with the others. */
    void add(StartupProblem problem) {
        boolean known = !told.add(problem);
        if (collecting) {
            problems.add(problem);
            return;
        }
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
        if (noticed.add(text) || !collecting) {
            LOGGER.warn(text);
        }
    }

    /** Something worth knowing that may well be meant; told once. */
    void hint(String text) {
        if (noticed.add(text)) {
            LOGGER.info(text);
        }
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
