/**
 * Brings {@link io.steadfast.timeout.Timeout @Timeout} and {@code resilience.timeout.*} to Spring Boot applications. Nothing
 * outside depends on this package.
 */
@NullMarked
package io.steadfast.timeout.autoconfigure;

import org.jspecify.annotations.NullMarked;
