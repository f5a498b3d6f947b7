/**
 * Brings {@link io.steadfast.retry.Retry @Retry} and {@code resilience.retry.*} to Spring Boot applications. Nothing
 * outside depends on this package.
 */
@NullMarked
package io.steadfast.retry.autoconfigure;

import org.jspecify.annotations.NullMarked;
