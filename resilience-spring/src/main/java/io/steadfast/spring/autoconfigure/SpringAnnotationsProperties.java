package io.steadfast.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Described for editors; the starters ask the environment, because conditions come before beans. */
@ConfigurationProperties("resilience.spring-annotations")
final class SpringAnnotationsProperties {

    /**
     * Whether to read Spring Framework's own annotations, Retryable and ConcurrencyLimit, as if they were Retry and Bulkhead.
     * Takes the place of EnableResilientMethods.
     */
    private boolean enabled = false;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }
}
