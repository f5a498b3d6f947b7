/** resilience4j's {@code @Timer}: how long annotated methods take, under its meter name. */
@NullMarked
package io.steadfast.resilience4j.metrics;

import org.jspecify.annotations.NullMarked;
