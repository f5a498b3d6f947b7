/** Reads the annotations of resilience4j as ours. */
@NullMarked
package io.steadfast.resilience4j.annotations;

import org.jspecify.annotations.NullMarked;
