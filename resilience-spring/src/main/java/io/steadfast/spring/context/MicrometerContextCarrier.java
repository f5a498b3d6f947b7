package io.steadfast.spring.context;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.steadfast.core.ContextCarrier;
import org.springframework.util.ClassUtils;

/**
 * Carries everything that Micrometer's context propagation knows of: trace, security and what else libraries and the application have
 * registered. The logging context (SLF4J's MDC) comes along whether or not somebody has registered it. Thread-safe.
 */
public final class MicrometerContextCarrier implements ContextCarrier {

    private static final boolean HAS_MDC =
            ClassUtils.isPresent("org.slf4j.MDC", MicrometerContextCarrier.class.getClassLoader());

    private final ContextSnapshotFactory snapshots;

    /**
     * A carrier.
     *
     * @param snapshots takes the snapshots, and says what becomes of values that a thread has and the snapshot has not
     */
    public MicrometerContextCarrier(ContextSnapshotFactory snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public Carried capture() {
        return carried(snapshots.captureAll());
    }

    @Override
    public Carried capture(Object surroundings) {
        return carried(snapshots.captureAll(surroundings));
    }

    /** A trace puts its ids into the logging context, so that is what has to be there first. */
    private static Carried carried(ContextSnapshot taken) {
        if (!HAS_MDC || LoggingContext.isRegistered()) {
            return taken::wrap;
        }
        Carried logging = LoggingContext.capture();
        return task -> logging.wrap(taken.wrap(task));
    }
}
