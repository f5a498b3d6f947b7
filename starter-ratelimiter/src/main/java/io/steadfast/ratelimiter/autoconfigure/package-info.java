/**
 * Brings {@link io.steadfast.ratelimiter.RateLimiter @RateLimiter} and {@code resilience.rate-limiter.*} to Spring Boot
 * applications. Nothing outside depends on this package.
 */
@NullMarked
package io.steadfast.ratelimiter.autoconfigure;

import org.jspecify.annotations.NullMarked;
