/**
 * Limits that live in Redis: token buckets of Bucket4j, asked for through Lettuce without blocking. The only package that knows
 * either library; an application without them never loads it.
 */
@NullMarked
package io.steadfast.ratelimiter.redis;

import org.jspecify.annotations.NullMarked;
