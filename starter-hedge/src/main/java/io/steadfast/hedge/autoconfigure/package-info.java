/**
 * Brings {@link io.steadfast.hedge.Hedge @Hedge} and {@code resilience.hedge.*} to Spring Boot applications. Nothing outside depends
 * on this package.
 */
@NullMarked
package io.steadfast.hedge.autoconfigure;

import org.jspecify.annotations.NullMarked;
