/** Feign: a capability guards the client that sends. */
@NullMarked
package io.steadfast.http.feign;

import org.jspecify.annotations.NullMarked;
