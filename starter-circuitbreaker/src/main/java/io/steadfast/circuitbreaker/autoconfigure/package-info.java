/**
 * Brings {@link io.steadfast.circuitbreaker.CircuitBreaker @CircuitBreaker} and {@code resilience.circuit-breaker.*} to
 * Spring Boot applications. Nothing outside depends on this package.
 */
@NullMarked
package io.steadfast.circuitbreaker.autoconfigure;

import org.jspecify.annotations.NullMarked;
