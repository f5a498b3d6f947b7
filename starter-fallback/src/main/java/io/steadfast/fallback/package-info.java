/**
 * Fallback: another answer when there is none. By default it answers for every failure, our own refusals included, except a
 * {@link VirtualMachineError}; it is the outermost policy, so it sees what is left after retries. The annotation is
 * {@link io.steadfast.fallback.Fallback @Fallback}; {@link io.steadfast.fallback.FallbackPolicy} works without Spring.
 *
 * <p>The rules for a missing answer follow MicroProfile Fault Tolerance's {@code @Fallback}: skipped exceptions win over
 * listed ones.
 */
@NullMarked
package io.steadfast.fallback;

import org.jspecify.annotations.NullMarked;
