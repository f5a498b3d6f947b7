/** Runs applications that were written for resilience4j's Boot starter; what they understand differently is said at start-up. */
@NullMarked
package io.steadfast.resilience4j;

import org.jspecify.annotations.NullMarked;
