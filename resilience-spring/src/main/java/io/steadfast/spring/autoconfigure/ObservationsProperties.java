package io.steadfast.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Described for editors; a condition asks the environment, because conditions come before beans. */
@ConfigurationProperties("resilience.observations")
final class ObservationsProperties {

    /**
     * Whether each guarded call is an observation, and so a span of a trace. Unset, it is where an observation handler other than
     * those that make meters is present; true also where handlers are added by code that cannot be seen from outside.
     */
    private @Nullable Boolean enabled;

    public @Nullable Boolean getEnabled() {
        return enabled;
    }

    public void setEnabled(@Nullable Boolean enabled) {
        this.enabled = enabled;
    }
}
