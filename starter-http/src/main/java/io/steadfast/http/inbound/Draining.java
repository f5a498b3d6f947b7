package io.steadfast.http.inbound;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Whether this application is on its way out: it was ready, and now refuses traffic. Not while it starts, because callers that are told
 * so stay away for a time. Costs a request one read of a field. Thread-safe.
 */
public final class Draining implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private volatile ReadinessState last = ReadinessState.REFUSING_TRAFFIC;

    private volatile boolean draining;

    /** Not ready yet, and not draining. */
    public Draining() {}

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        ReadinessState state = event.getState();
        if (state == ReadinessState.ACCEPTING_TRAFFIC) {
            draining = false;
        } else if (last == ReadinessState.ACCEPTING_TRAFFIC) {
            draining = true;
        }
        last = state;
    }

    /**
     * Whether answers are to say so.
     *
     * @return {@code true} from the moment readiness was lost until it comes back
     */
    public boolean isUnderWay() {
        return draining;
    }
}
