package io.steadfast.circuitbreaker;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;

/** States in words, as they stand in the messages of refusals: {@code half-open}. */
final class StateNames {

    private static final Map<State, String> NAMES = new EnumMap<>(State.class);

    static {
        for (State state : State.values()) {
            NAMES.put(state, state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    private StateNames() {}

    static String of(State state) {
        return NAMES.getOrDefault(state, state.name());
    }
}
