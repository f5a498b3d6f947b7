/** The dashboard on WebFlux. */
@NullMarked
package io.steadfast.dashboard.reactive;

import org.jspecify.annotations.NullMarked;
