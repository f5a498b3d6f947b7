package io.steadfast.spring;

import org.jspecify.annotations.Nullable;

/**
 * A setting in force, and where it was set.
 *
 * @param value the value as an operator reads it
 * @param origin for example {@code class path resource [application.yml] - 6:23}, {@code @Retry on Inventory.find} or
 *     {@code built in}
 */
public record EffectiveValue(@Nullable Object value, String origin) {

    /** The origin of values that nobody set. */
    public static final String BUILT_IN = "built in";
}
