package io.steadfast.spring.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties directly under {@code resilience}, described for editors. They are read together with those of the
 * policies, so that all mistakes come in one report.
 */
@ConfigurationProperties("resilience")
final class ResilienceProperties {

    /** Which policies work: all (true), none (false) or the fallbacks alone (fallback-only). */
    private String enabled = "true";

    /** What becomes of mistakes in annotations and settings: refuse to start (strict) or warn (lenient). */
    private String validation = "strict";

    /**
     * Order of the policies around a call, outermost first. Must name every policy that a call uses, once. Unset, it is
     * fallback, timeout.total, retry, hedge, failover, circuit-breaker, rate-limiter, timeout, bulkhead.
     */
    private List<String> order = new ArrayList<>();

    /** Settings of single calls, by the call's name. */
    private final Map<String, Call> calls = new LinkedHashMap<>();

    public String getEnabled() {
        return enabled;
    }

    public void setEnabled(String enabled) {
        this.enabled = enabled;
    }

    public String getValidation() {
        return validation;
    }

    public void setValidation(String validation) {
        this.validation = validation;
    }

    public List<String> getOrder() {
        return order;
    }

    public void setOrder(List<String> order) {
        this.order = order;
    }

    public Map<String, Call> getCalls() {
        return calls;
    }

    /** Settings of one call. */
    static final class Call {

        /** Order of the policies around this call, outermost first. Must name every policy that the call uses, once. */
        private List<String> order = new ArrayList<>();

        /** Exceptions that no policy of this call sees, not even its fallback. Causes are looked at too. */
        private List<Class<? extends Throwable>> ignoreExceptions = new ArrayList<>();

        public List<String> getOrder() {
            return order;
        }

        public void setOrder(List<String> order) {
            this.order = order;
        }

        public List<Class<? extends Throwable>> getIgnoreExceptions() {
            return ignoreExceptions;
        }

        public void setIgnoreExceptions(List<Class<? extends Throwable>> ignoreExceptions) {
            this.ignoreExceptions = ignoreExceptions;
        }
    }
}
