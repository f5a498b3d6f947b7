/**
 * Hedging: a second attempt beside one that takes longer than most, and the first good answer wins.
 *
 * <p>{@link io.steadfast.hedge.HedgePolicy} says when, and whether it can be afforded; starting, cancelling and leaving behind are the
 * business of the core's drivers, so the same policy serves plain methods, stages and publishers. Plain Java: Spring is in the
 * package below.
 */
@NullMarked
package io.steadfast.hedge;

import org.jspecify.annotations.NullMarked;
