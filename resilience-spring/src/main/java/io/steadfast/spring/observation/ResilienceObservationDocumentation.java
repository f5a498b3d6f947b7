package io.steadfast.spring.observation;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed of guarded calls, in the form that Micrometer's tools read. */
public enum ResilienceObservationDocumentation implements ObservationDocumentation {
    /** One guarded call, from its entry until its caller hears of the outcome: all attempts, waits and the fallback. */
    CALL {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultResilienceObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinality.values();
        }

        @Override
        public Observation.Event[] getEvents() {
            return CallEvent.values();
        }
    };

    /** Keys with few values. */
    public enum LowCardinality implements KeyName {
        /** The call's name. */
        NAME,
        /**
         * How it ended for its caller: {@code success}, {@code failure}, {@code timeout}, {@code refused}, {@code fallback},
         * {@code cancelled} or {@code ignored}.
         */
        OUTCOME,
        /** How often the target was entered. */
        ATTEMPTS;

        @Override
        public String asString() {
            return word(this);
        }
    }

    /** Keys with many values. */
    public enum HighCardinality implements KeyName {
        /** The instance that the last attempt was sent to, if a pool has picked one. */
        INSTANCE;

        @Override
        public String asString() {
            return word(this);
        }
    }

    /** What happens during a call. In a trace each is shown with details, for example {@code attempt 2}. */
    public enum CallEvent implements Observation.Event {
        /** The target is entered. */
        ATTEMPT,
        /** A policy has refused an attempt. */
        REFUSED,
        /** A failed attempt will be repeated. */
        RETRYING,
        /** No attempts are left. */
        RETRIES_EXHAUSTED,
        /** The retry budget has refused a retry. */
        BUDGET_EMPTY,
        /** There is no time left for a retry. */
        RETRY_ABANDONED,
        /** A fallback is asked for the answer. */
        FALLBACK_USED,
        /** The fallback has failed, too. */
        FALLBACK_FAILED,
        /** A further attempt begins beside one that takes long. */
        HEDGED,
        /** The further attempt was first. */
        HEDGE_WON,
        /** The further attempt was of no use. */
        HEDGE_LOST,
        /** A time limit has run out. */
        TIMED_OUT,
        /** A policy has changed its state because of this call. */
        STATE_CHANGED,
        /** A policy itself has thrown. */
        POLICY_FAILED;

        @Override
        public String getName() {
            return "resilience." + word(this).replace(' ', '.');
        }

        @Override
        public String getContextualName() {
            return word(this);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
