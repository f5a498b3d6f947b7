/**
 * Brings {@link io.steadfast.fallback.Fallback @Fallback} to Spring: finds the method that answers, checks at start-up that
 * it fits, and binds it once, so that a call that needs it pays for no reflection.
 */
@NullMarked
package io.steadfast.fallback.autoconfigure;

import org.jspecify.annotations.NullMarked;
