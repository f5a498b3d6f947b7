/** Inbound requests of WebFlux, and the reactive client. The only place where this starter touches Reactor. */
@NullMarked
package io.steadfast.http.reactive;

import org.jspecify.annotations.NullMarked;
