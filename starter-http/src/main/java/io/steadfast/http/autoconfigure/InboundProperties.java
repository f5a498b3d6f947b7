package io.steadfast.http.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.inbound.InboundMode;
import io.steadfast.http.inbound.InboundSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What is made of the time and the attempts that inbound requests speak of. */
@ConfigurationProperties("resilience.http.inbound")
final class InboundProperties {

    /**
     * Whether a request's remaining time becomes its deadline (measure), whether requests that had expired when they came are refused with
     * 504 besides (enforce), or whether no such header is read (off). In either case expired requests are counted.
     */
    private InboundMode mode = InboundMode.MEASURE;

    /** Headers in which callers say how long they will wait, in gRPC's syntax; the first that makes sense counts. */
    private List<String> timeoutHeaders = List.of(ResilienceHeaders.TIMEOUT, ResilienceHeaders.GRPC_TIMEOUT);

    /** A request with less time than that is taken for expired. */
    private Duration minTimeout = Duration.ofMillis(1);

    /** No request is given more time than that, whatever its caller says. */
    private Duration maxTimeout = Duration.ofSeconds(60);

    /**
     * Whether refusals that escape a controller become 429, 503 or 504 with Retry-After and a problem document. Handlers of the
     * application come first.
     */
    private boolean problemDetails = true;

    /**
     * Whether answers say "Resilience-Instance: draining" from the moment the application, having been ready, refuses traffic, so that
     * callers turn to other instances.
     */
    private boolean drainingHeader = true;

    InboundSettings settings() {
        if (minTimeout.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.http.inbound.min-timeout", minTimeout, "A time is zero or more.");
        }
        if (maxTimeout.compareTo(minTimeout) < 0 || maxTimeout.isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.http.inbound.max-timeout",
                    maxTimeout,
                    "It must be more than zero, and not less than min-timeout. To read no header at all, set mode: off.");
        }
        return new InboundSettings(mode, timeoutHeaders, minTimeout, maxTimeout);
    }

    public InboundMode getMode() {
        return mode;
    }

    public void setMode(InboundMode mode) {
        this.mode = mode;
    }

    public List<String> getTimeoutHeaders() {
        return timeoutHeaders;
    }

    public void setTimeoutHeaders(List<String> timeoutHeaders) {
        this.timeoutHeaders = timeoutHeaders;
    }

    public Duration getMinTimeout() {
        return minTimeout;
    }

    public void setMinTimeout(Duration minTimeout) {
        this.minTimeout = minTimeout;
    }

    public Duration getMaxTimeout() {
        return maxTimeout;
    }

    public void setMaxTimeout(Duration maxTimeout) {
        this.maxTimeout = maxTimeout;
    }

    public boolean isProblemDetails() {
        return problemDetails;
    }

    public void setProblemDetails(boolean problemDetails) {
        this.problemDetails = problemDetails;
    }

    public boolean isDrainingHeader() {
        return drainingHeader;
    }

    public void setDrainingHeader(boolean drainingHeader) {
        this.drainingHeader = drainingHeader;
    }
}
