package io.steadfast.samples.storefront.show;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.ResilienceListener;
import io.steadfast.timeout.TimeoutPolicy;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Role;
import org.springframework.stereotype.Component;

/** Counts the attempts that a timeout ended. Listens to rare events only: a call that goes well does not pass here. */
@Component
@Role(BeanDefinition.ROLE_INFRASTRUCTURE) // made before most beans, because it listens to all of them
class AttemptsCutOff implements ResilienceListener {

    private final Counts counts = new Counts();

    @Override
    public void policyEvent(PolicyEvent event) {
        if (event.kind() == PolicyEvent.Kind.TIMED_OUT
                && event.policy().policy().equals(TimeoutPolicy.KIND)) {
            counts.add(event.call());
        }
    }

    @Override
    public boolean hears(PolicyEvent.Kind kind) {
        return kind == PolicyEvent.Kind.TIMED_OUT;
    }

    @Override
    public boolean hearsCalls() {
        return false;
    }

    long of(String call) {
        return counts.of(call);
    }
}
