package io.steadfast.spring.context;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.steadfast.core.ContextCarrier;

/**
 * Carries everything that Micrometer's context propagation knows of: logging context, trace, security and what else libraries and
 * the application have registered. Thread-safe.
 */
public final class MicrometerContextCarrier implements ContextCarrier {

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
        ContextSnapshot taken = snapshots.captureAll();
        return taken::wrap;
    }
}
