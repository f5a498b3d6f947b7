/**
 * The rate limiter: lets no more calls through in a period than were agreed, here or in all instances of a service together.
 *
 * <p>{@link io.steadfast.ratelimiter.RateLimiter @RateLimiter} asks for it; the limit of one process is kept here, one that
 * lives elsewhere behind {@link io.steadfast.ratelimiter.SharedLimit}. Plain Java: Spring is in a package below.
 */
@NullMarked
package io.steadfast.ratelimiter;

import org.jspecify.annotations.NullMarked;
