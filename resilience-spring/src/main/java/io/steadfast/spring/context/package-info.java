/**
 * Carries what a thread knows to other threads with Micrometer's context propagation, and the deadline of a call along with it.
 * Not touched where that library is absent.
 */
@NullMarked
package io.steadfast.spring.context;

import org.jspecify.annotations.NullMarked;
