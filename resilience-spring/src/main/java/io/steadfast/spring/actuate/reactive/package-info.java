/**
 * What the endpoint {@code resilience} needs of Spring WebFlux.
 */
@NullMarked
package io.steadfast.spring.actuate.reactive;

import org.jspecify.annotations.NullMarked;
