/**
 * Shows guarded calls to operators: the actuator endpoint {@code resilience}, and what happened to each call lately.
 */
@NullMarked
package io.steadfast.spring.actuate;

import org.jspecify.annotations.NullMarked;
