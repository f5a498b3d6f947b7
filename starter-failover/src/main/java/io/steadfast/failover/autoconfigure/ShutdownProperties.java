package io.steadfast.failover.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** How this application leaves those who call it. */
@ConfigurationProperties("resilience.shutdown")
final class ShutdownProperties {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * How long a shutdown is held back after readiness has become REFUSING_TRAFFIC and the registry has been told, while requests are
     * still served; 0 for not at all. Default 5 s where the application has registered itself in a registry or is a server on Kubernetes,
     * otherwise 0.
     */
    private @Nullable Duration quietPeriod;

    @Nullable
    Duration checkedQuietPeriod() {
        if (quietPeriod != null && (quietPeriod.isNegative() || quietPeriod.compareTo(LONGEST) > 0)) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.shutdown.quiet-period",
                    quietPeriod,
                    "It must be between 0 and 10m. Whoever ends the process (Kubernetes after 30s by default) does not wait for ever.");
        }
        return quietPeriod;
    }

    public @Nullable Duration getQuietPeriod() {
        return quietPeriod;
    }

    public void setQuietPeriod(@Nullable Duration quietPeriod) {
        this.quietPeriod = quietPeriod;
    }
}
