/**
 * Brings {@link io.steadfast.bulkhead.Bulkhead @Bulkhead} and {@code resilience.bulkhead.*} to Spring Boot applications.
 * Nothing outside depends on this package.
 */
@NullMarked
package io.steadfast.bulkhead.autoconfigure;

import org.jspecify.annotations.NullMarked;
