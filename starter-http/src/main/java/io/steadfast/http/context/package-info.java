/**
 * Carries what an inbound request said to other threads, with Micrometer's context propagation. Not touched where that library is
 * absent.
 */
@NullMarked
package io.steadfast.http.context;

import org.jspecify.annotations.NullMarked;
