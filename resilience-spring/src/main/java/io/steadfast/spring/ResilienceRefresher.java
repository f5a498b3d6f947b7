package io.steadfast.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
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

    private final ResilienceListener listener;

    private final ReentrantLock oneAtATime = new ReentrantLock();

    ResilienceRefresher(
            GuardCompiler compiler, Supplier<List<RefreshParticipant>> participants, ResilienceListener listener) {
        this.compiler = compiler;
        this.participants = participants;
        this.listener = listener;
    }

    /**
     * Reads the properties again. Never throws what is wrong with them: that is in the result, and in the log.
     *
     * @return what has changed, or why nothing has
     */
    public RefreshResult refresh() {
        List<RefreshParticipant> asked;
        try {
            asked = participants.get(); // before the lock: beans that are made meanwhile may refresh, too
        } catch (RuntimeException broken) {
            return refused(List.of(unexpected(broken)));
        }
        RefreshResult result;
        oneAtATime.lock();
        try {
            result = apply(asked);
        } finally {
            oneAtATime.unlock();
        }
        result.changes().forEach(this::tell);
        return result.isRefused() ? refused(result.problems()) : result;
    }

    private void tell(SettingChange change) {
        LOGGER.info("Changed: " + change.describe());
        if (listener.hears(PolicyEvent.Kind.RECONFIGURED)) {
            PolicyId policy = new PolicyId(change.policy(), change.instance());
            listener.policyEvent(PolicyEvent.of(
                    PolicyEvent.Kind.RECONFIGURED, policy, change.instance(), change.difference(), null));
        }
    }

    /**
     * Changes properties and reads them again, as one: no other reading comes between, so a change that is refused is seen by nobody.
     * What has changed, or why it is refused, is in the result alone: who asked logs it.
     *
     * @param change changes the properties; runs once, must not throw
     * @param takeBack changes them back; runs if the change is refused, must not throw
     * @return what has changed, or why nothing has
     */
    public RefreshResult tryOut(Runnable change, Runnable takeBack) {
        List<RefreshParticipant> asked;
        try {
            asked = participants.get();
        } catch (RuntimeException broken) {
            return new RefreshResult(List.of(), List.of(unexpected(broken)));
        }
        oneAtATime.lock();
        try {
            change.run();
            RefreshResult result = apply(asked);
            if (result.isRefused()) {
                takeBack.run();
            }
            return result;
        } finally {
            oneAtATime.unlock();
        }
    }

    private RefreshResult apply(List<RefreshParticipant> asked) {
        List<StartupProblem> problems = new ArrayList<>();
        List<Runnable> steps = new ArrayList<>();
        for (RefreshParticipant participant : asked) { // first: they may ask for calls of new names
            attempt(problems, () -> steps.add(participant.prepare()));
        }
        Changes changes = compiler.newChanges();
        attempt(problems, () -> compiler.prepare(changes));
        problems.addAll(changes.report().found());
        if (!problems.isEmpty()) {
            changes.callOff();
            return new RefreshResult(List.of(), problems);
        }
        steps.forEach(changes::then);
        changes.apply();
        compiler.settle();
        return new RefreshResult(changes.settings(), List.of());
    }

    private static void attempt(List<StartupProblem> problems, Runnable step) {
        try {
            step.run();
        } catch (InvalidResilienceException refusal) {
            problems.addAll(refusal.problems());
        } catch (RuntimeException broken) {
            problems.add(unexpected(broken));
        }
    }

    private static StartupProblem unexpected(RuntimeException broken) {
        LOGGER.error("Changed properties could not be read", broken);
        return new StartupProblem(
                "Changed properties could not be read: " + broken,
                broken.getClass().getName(),
                "Mend what throws; the log has where it does.");
    }

    private static RefreshResult refused(List<StartupProblem> problems) {
        LOGGER.error("Changed properties were refused; everything stays as it is:\n" + lines(problems));
        return new RefreshResult(List.of(), problems);
    }

    private static String lines(List<StartupProblem> problems) {
        return problems.stream().map(StartupProblem::describe).collect(Collectors.joining("\n"));
    }
}
