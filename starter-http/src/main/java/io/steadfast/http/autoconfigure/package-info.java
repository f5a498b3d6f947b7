/** Switches the understanding of HTTP on in a Spring Boot application. Nothing else depends on this package. */
@NullMarked
package io.steadfast.http.autoconfigure;

import org.jspecify.annotations.NullMarked;
