/**
 * Counts and times calls with Micrometer. Nothing outside this package knows that library, so it may be absent.
 */
@NullMarked
package io.steadfast.spring.metrics;

import org.jspecify.annotations.NullMarked;
