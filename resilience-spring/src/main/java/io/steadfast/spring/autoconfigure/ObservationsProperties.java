package io.steadfast.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Described for editors; a condition asks the environment, because conditions come before beans. */
@ConfigurationProperties("resilience.observations")
final class ObservationsProperties {

    /**
     * Whether each guarded call is an observation, and so a span of a trace. By default, where an observation handler is present that
     * does more than make meters. Set it to true where code that cannot be seen from outside adds such a handler.
     */
    private @Nullable Boolean enabled;

    public @Nullable Boolean getEnabled() {
        return enabled;
    }

    public void setEnabled(@Nullable Boolean enabled) {
        this.enabled = enabled;
    }
}
