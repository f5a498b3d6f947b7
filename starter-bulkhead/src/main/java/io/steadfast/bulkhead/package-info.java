/**
 * The bulkhead: lets no more calls to a target run at a time than it can bear, so that one slow target cannot take all
 * threads, connections and memory of its callers.
 *
 * <p>The limit is fixed, or it follows what is measured: it shrinks when latency says that calls queue at the target, and
 * grows while they do not. Calls beyond it are refused, or wait in a bounded queue; calls that matter less are refused first.
 * {@link io.steadfast.bulkhead.BulkheadPolicy} decides and never waits; waiting is the business of the core's drivers. The
 * pattern is Michael Nygard's ("Release It!", 2007, chapter 5); the algorithms of the adaptive limit are Netflix's
 * concurrency-limits. Usable without Spring.
 */
@NullMarked
package io.steadfast.bulkhead;

import org.jspecify.annotations.NullMarked;
