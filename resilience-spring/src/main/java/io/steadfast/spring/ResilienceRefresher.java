package io.steadfast.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Puts changed properties in force while the application runs: only what has changed, all of it or nothing. Policies whose settings
 * are the same are left alone; those whose settings differ are replaced by ones that take over what state still means something (the
 * guide of each policy says what). Calls under way end as they began.
 *
 * <p>Thread-safe: one change at a time. A method that no policy guarded when its bean was made cannot be guarded later; the log says
 * so.
 */
public final class ResilienceRefresher {

    private static final Log LOGGER = LogFactory.getLog(ResilienceRefresher.class);

    private final GuardCompiler compiler;

    private final Supplier<List<RefreshParticipant>> participants;

    private final ReentrantLock oneAtATime = new ReentrantLock();

    ResilienceRefresher(GuardCompiler compiler, Supplier<List<RefreshParticipant>> participants) {
        this.compiler = compiler;
        this.participants = participants;
    }

    /**
     * Reads the properties again. Never throws what is wrong with them: that is in the result, and in the log.
     *
     * @return what has changed, or why nothing has
     */
    public RefreshResult refresh() {
        oneAtATime.lock();
        try {
            List<StartupProblem> problems = new ArrayList<>();
            List<Runnable> steps = new ArrayList<>();
            for (RefreshParticipant participant : participants.get()) { // first: they may ask for calls of new names
                try {
                    steps.add(participant.prepare());
                } catch (InvalidResilienceException refusal) {
                    problems.addAll(refusal.problems());
                }
            }
            Changes changes = compiler.prepareChange();
            problems.addAll(changes.report().found());
            if (!problems.isEmpty()) {
                LOGGER.error("Changed properties were refused; everything stays as it is:\n" + lines(problems));
                return new RefreshResult(List.of(), problems);
            }
            changes.apply();
            steps.forEach(Runnable::run);
            changes.settings().forEach(change -> LOGGER.info("Changed: " + change.describe()));
            return new RefreshResult(changes.settings(), List.of());
        } finally {
            oneAtATime.unlock();
        }
    }

    private static String lines(List<StartupProblem> problems) {
        return problems.stream().map(StartupProblem::describe).collect(Collectors.joining("\n"));
    }
}
