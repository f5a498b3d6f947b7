/**
 * Spring Cloud's {@code CircuitBreakerFactory} on our pipelines: a circuit breaker that code asks for by its id is a call of that name,
 * with every policy that is configured under it.
 */
@NullMarked
package io.steadfast.springcloud;

import org.jspecify.annotations.NullMarked;
