package io.steadfast.spring.events;

import java.time.Clock;
import java.util.function.Supplier;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.StateChangedEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes changes of state as {@link StateChangedEvent}s. Like every listener it is shielded: what an
 * {@code @EventListener} method throws is logged and breaks no call.
 */
public final class SpringEventListener implements ResilienceListener {

    private final ApplicationEventPublisher publisher;

    private final Supplier<Clock> clock;

    /**
     * A listener.
     *
     * @param publisher whom to tell
     * @param clock the wall clock, asked for with the first event
     */
    public SpringEventListener(ApplicationEventPublisher publisher, Supplier<Clock> clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public boolean hearsCalls() {
        return false;
    }

    @Override
    public boolean hears(Kind kind) {
        return kind == Kind.STATE_CHANGED;
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        if (event.kind() == Kind.STATE_CHANGED) {
            publisher.publishEvent(new StateChangedEvent(
                    event.policy().instance(),
                    event.policy().policy(),
                    String.valueOf(event.from()),
                    String.valueOf(event.to()),
                    clock.get().instant()));
        }
    }
}
