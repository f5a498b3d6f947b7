package io.steadfast.spring.steer;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.events.OneLine;
import io.steadfast.spring.steer.ChangedByHandEvent.Kind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/** Tells of each change once: to the log, to the listeners of policies, and to the application. */
final class AuditTrail {

    private static final Log LOGGER = LogFactory.getLog(LiveChanges.class);

    private final Supplier<Clock> clock;

    private final ResilienceListener listener;

    private final ApplicationEventPublisher publisher;

    AuditTrail(Supplier<Clock> clock, ResilienceListener listener, ApplicationEventPublisher publisher) {
        this.clock = clock;
        this.listener = listener;
        this.publisher = publisher;
    }

    Instant now() {
        return clock.get().instant();
    }

    /** What is to be told once no lock is held any more. Used by one thread. */
    final class Notes {

        private final List<Runnable> told = new ArrayList<>();

        void made(Standing standing, List<String> differences) {
            LiveChange change = standing.change();
            String text = who(change.by()) + " made " + describe(change) + told(differences)
                    + change.until().map(until -> ", until " + until).orElse("");
            note(Kind.MADE, standing, change.by(), text);
        }

        void undone(Standing standing, @Nullable String by, List<String> differences) {
            String text =
                    who(Optional.ofNullable(by)) + " took back " + describe(standing.change()) + told(differences);
            note(Kind.UNDONE, standing, Optional.ofNullable(by), text);
        }

        void expired(Standing standing, List<String> differences) {
            note(
                    Kind.EXPIRED,
                    standing,
                    Optional.empty(),
                    "Expired: " + describe(standing.change()) + told(differences));
        }

        void stuck(Standing standing, List<String> reasons) {
            String text = "Could not end by itself: " + describe(standing.change()) + ", because " + joined(reasons);
            refused(standing.change().call(), Optional.empty(), reasons, text);
        }

        void refused(ChangeRequest request, List<String> reasons) {
            String policy = request.policy() == null ? "" : " of " + request.policy();
            String values = request.values().isEmpty() ? "" : " " + request.values();
            String text = "Refused to " + who(Optional.ofNullable(request.by())) + ": " + request.action() + policy
                    + " of call '" + request.call() + "'" + values + ", because " + joined(reasons);
            refused(request.call(), Optional.ofNullable(request.by()), reasons, text);
        }

        private void refused(String call, Optional<String> by, List<String> reasons, String text) {
            told.add(() -> publish(Kind.REFUSED, call, Optional.empty(), by, reasons, OneLine.of(text)));
        }

        private void note(Kind kind, Standing standing, Optional<String> by, String text) {
            told.add(() -> {
                String line = OneLine.of(text);
                PolicyId subject = standing.subject();
                if (listener.hears(PolicyEvent.Kind.CHANGED_BY_HAND)) {
                    listener.policyEvent(
                            PolicyEvent.of(PolicyEvent.Kind.CHANGED_BY_HAND, subject, subject.instance(), line, null));
                }
                publish(kind, standing.change().call(), Optional.of(standing.change()), by, List.of(), line);
            });
        }

        /** Tells all of it, in the order in which it happened. */
        void tell() {
            told.forEach(Runnable::run);
        }
    }

    private void publish(
            Kind kind,
            String call,
            Optional<LiveChange> change,
            Optional<String> by,
            List<String> reasons,
            String line) {
        LOGGER.info(line);
        try {
            publisher.publishEvent(new ChangedByHandEvent(kind, call, change, by, now(), reasons, line));
        } catch (RuntimeException broken) { // a listener of the application; what was done is done
            LOGGER.error("A listener could not take the event: " + line, broken);
        }
    }

    private static String describe(LiveChange change) {
        return change.id() + " (" + change.action() + ") of " + change.policy() + " '" + change.instance() + "'";
    }

    private static String told(List<String> differences) {
        return differences.isEmpty() ? "" : ": " + String.join(", ", differences);
    }

    private static String joined(List<String> reasons) {
        return String.join("; ", reasons);
    }

    private static String who(Optional<String> by) {
        return by.orElse("somebody");
    }
}
