/** The stream of frames in WebFlux applications. */
@NullMarked
package io.steadfast.spring.live.reactive;

import org.jspecify.annotations.NullMarked;
