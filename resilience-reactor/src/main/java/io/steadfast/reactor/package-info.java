/**
 * The driver for {@code Mono} and {@code Flux}: {@link io.steadfast.reactor.ReactorPipelines} guards publishers with a
 * {@link io.steadfast.core.Pipeline}. One subscription is one call; nothing happens before it, and no thread is blocked.
 */
@NullMarked
package io.steadfast.reactor;

import org.jspecify.annotations.NullMarked;
