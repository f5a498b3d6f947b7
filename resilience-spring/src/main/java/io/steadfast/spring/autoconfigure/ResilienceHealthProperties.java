package io.steadfast.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Which calls the health of the application depends on: none unless named here. */
@ConfigurationProperties("resilience.health")
final class ResilienceHealthProperties {

    /**
     * Calls that the status of the health contributor resilience speaks for: it is DOWN while one of them is refused as a whole, by an open
     * breaker or a pool in panic.
     */
    private List<String> statusOf = new ArrayList<>();

    /**
     * Calls that this instance is not ready without: the health group readiness is OUT_OF_SERVICE while one of them is refused as a
     * whole, by an open breaker or a pool in panic.
     */
    private List<String> readiness = new ArrayList<>();

    public List<String> getStatusOf() {
        return statusOf;
    }

    public void setStatusOf(List<String> statusOf) {
        this.statusOf = statusOf;
    }

    public List<String> getReadiness() {
        return readiness;
    }

    public void setReadiness(List<String> readiness) {
        this.readiness = readiness;
    }
}
