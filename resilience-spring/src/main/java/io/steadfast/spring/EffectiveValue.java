package io.steadfast.spring;

import org.jspecify.annotations.Nullable;

/**
 * A setting in force, and where it was set.
 *
 * @param value the value as an operator reads it
 * @param origin for example {@code class path resource [application.yml] - 6:23}, {@code @Retry on Inventory.find},
 *     {@code standard set of @Resilient} or {@code built in}
 */
public record EffectiveValue(@Nullable Object value, String origin) {

    /** The origin of values that nobody set. */
    public static final String BUILT_IN = "built in";

    /** The origin of values that {@link Resilient @Resilient} brings where nothing is configured. */
    public static final String STANDARD_SET = "standard set of @Resilient";

    /**
     * Whether somebody chose the value: in a property or on an annotation.
     *
     * @return {@code false} for what is built in, and for the standard set
     */
    public boolean isChosen() {
        return !origin.equals(BUILT_IN) && !origin.equals(STANDARD_SET);
    }
}
