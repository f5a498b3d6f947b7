package io.steadfast.spring.actuate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.core.PolicySlot;
import io.steadfast.spring.events.OneLine;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.SteeredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says about itself, made safe to show: text, numbers and booleans as they are, everything else as text.
 *
 * @param values the state by key; empty if it could not be read
 * @param unreadable why it could not be read, {@code null} if it could
 */
public record PolicyState(
        Map<String, @Nullable Object> values, @Nullable String unreadable) {

    private static final int DEEPEST = 20;

    /**
     * The state as operators see it. Of a policy that is disabled by hand no more than that is shown: what it last knew would be
     * taken for what is.
     *
     * @param steered the policy
     * @return what it says
     */
    public static PolicyState of(SteeredPolicy steered) {
        return steered.disabledBy()
                .map(PolicyState::disabled)
                .orElseGet(() -> of(steered.policy().slot()));
    }

    private static PolicyState disabled(LiveChange change) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("disabled", true);
        values.put(Trouble.KEY, "is disabled by " + change.by().orElse("hand") + " (" + change.id() + ")");
        return new PolicyState(values, null);
    }

    /**
     * Asks the policy that sits in the slot now. A policy that throws is shown as one that throws.
     *
     * @param slot the slot
     * @return what it says
     */
    public static PolicyState of(PolicySlot<?> slot) {
        try {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            slot.policy().snapshot().forEach((key, value) -> values.put(String.valueOf(key), plain(value, 0)));
            return new PolicyState(values, null);
        } catch (RuntimeException | Error broken) {
            return new PolicyState(Map.of(), OneLine.of(broken));
        }
    }

    /**
     * The state as the endpoint shows it.
     *
     * @return the values, or why there are none under {@code unreadable}
     */
    public Map<String, @Nullable Object> shown() {
        return unreadable == null ? values : Map.of("unreadable", unreadable);
    }

    /** A state may be a table: a list of lines. One that goes on and on holds itself. */
    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("its state is nested too deeply");
        }
        if (value instanceof List<?> list) {
            return list.stream().map(one -> plain(one, depth + 1)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, one) -> copy.put(String.valueOf(key), plain(one, depth + 1)));
            return copy;
        }
        if (value instanceof Number number) {
            return frozen(number);
        }
        return value == null || value instanceof Boolean ? value : String.valueOf(value);
    }

    /** A counter would change while it is shown, and two readings of it could not be told apart. */
    private static Number frozen(Number number) {
        if (number.getClass().getPackageName().equals("java.lang")
                || number instanceof BigDecimal
                || number instanceof BigInteger) {
            return number;
        }
        double value = number.doubleValue();
        long whole = number.longValue();
        return whole == value ? (Number) whole : (Number) value;
    }
}
