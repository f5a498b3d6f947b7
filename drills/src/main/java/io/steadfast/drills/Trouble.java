package io.steadfast.drills;

import java.util.List;

import io.steadfast.drills.process.Freeze;
import io.steadfast.drills.service.Mood;

/** What happens to an instance, or to all of them, and how it ends. */
public enum Trouble {

    /** Nothing. */
    NONE("steady"),

    /** SIGKILL, and started again. */
    KILLED("one killed"),

    /** SIGSTOP, and SIGCONT: it holds its connections and takes new ones, and answers none. */
    FROZEN("one frozen"),

    /** It answers 500, while its health check says it is well. */
    ERRING("one answers 500"),

    /** It answers late, but within the time limit. */
    SLOW("one slow"),

    /** SIGTERM: it shuts down gracefully, and is started again. */
    DRAINED("one drained"),

    /** SIGKILL to all of them, and all started again. */
    ALL_KILLED("all killed");

    private final String title;

    Trouble(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Those it happens to: all of them, or the one that is said to be missed most. */
    List<Instance> victims(List<Instance> fleet, Instance busiest) {
        return switch (this) {
            case NONE -> List.of();
            case ALL_KILLED -> fleet;
            default -> List.of(busiest);
        };
    }

    /** Brings it upon an instance. Closing the result ends it, and returns when the instance is able to serve again. */
    End befall(Instance victim) {
        return switch (this) {
            case NONE -> () -> {};
            case KILLED, ALL_KILLED -> {
                victim.process().kill();
                yield victim::start;
            }
            case FROZEN -> {
                Freeze freeze = victim.process().freeze();
                yield freeze::close;
            }
            case ERRING -> moody(victim, Mood.ERRS);
            case SLOW -> moody(victim, Mood.SLOW);
            case DRAINED -> {
                victim.process().askToEnd();
                yield () -> {
                    victim.process().awaitEnd();
                    victim.start();
                };
            }
        };
    }

    private static End moody(Instance victim, Mood mood) {
        victim.process().order(mood.name());
        return () -> victim.process().order(Mood.WELL.name());
    }

    /** How a trouble ends. */
    @FunctionalInterface
    interface End {

        void come();
    }
}
