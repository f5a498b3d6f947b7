package io.steadfast.spring;

import java.util.List;

/** The keys directly under {@code resilience.}. */
final class GlobalProperties {

    static final SettingsKeys KEYS = SettingsKeys.of(GlobalProperties.class);

    /** Which policies work at all. */
    enum Mode {
        TRUE,
        FALSE,
        FALLBACK_ONLY
    }

    /** What becomes of mistakes. */
    enum Validation {
        STRICT,
        LENIENT
    }

    private Mode enabled = Mode.TRUE;

    private Validation validation = Validation.STRICT;

    private List<String> order = List.of();

    public Mode getEnabled() {
        return enabled;
    }

    public void setEnabled(Mode enabled) {
        this.enabled = enabled;
    }

    public Validation getValidation() {
        return validation;
    }

    public void setValidation(Validation validation) {
        this.validation = validation;
    }

    public List<String> getOrder() {
        return order;
    }

    public void setOrder(List<String> order) {
        this.order = order;
    }

    /** The keys under {@code resilience.calls.<call>}. */
    static final class OfCall {

        static final SettingsKeys KEYS = SettingsKeys.of(OfCall.class);

        private List<String> order = List.of();

        private List<Class<? extends Throwable>> ignoreExceptions = List.of();

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
