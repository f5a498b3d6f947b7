/**
 * Fail-over: a pool of instances, of which each attempt is given one; those that fail are set aside and come back gently.
 *
 * <p>Picking is a {@link io.steadfast.core.Gate}: a retry outside it lands on another instance, so there is no second mechanism for
 * trying again. Plain Java: Spring is in the package below.
 */
@NullMarked
package io.steadfast.failover;

import org.jspecify.annotations.NullMarked;
