/** Reads the properties of resilience4j's Boot starter as ours. */
@NullMarked
package io.steadfast.resilience4j.properties;

import org.jspecify.annotations.NullMarked;
