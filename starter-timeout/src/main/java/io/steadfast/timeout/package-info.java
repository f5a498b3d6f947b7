/**
 * Timeout: end a call that takes too long, each attempt by itself and all of them together.
 *
 * <p>{@link io.steadfast.timeout.TimeoutPolicy} says how long; interrupting, cancelling and handing the deadline on are the
 * business of the core's drivers, so the same policy serves plain methods, stages and publishers. Plain Java: Spring is in the
 * package below.
 */
@NullMarked
package io.steadfast.timeout;

import org.jspecify.annotations.NullMarked;
