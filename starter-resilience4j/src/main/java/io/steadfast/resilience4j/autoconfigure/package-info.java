/** Plugs what an application written for resilience4j's starter expects into Spring Boot. */
@NullMarked
package io.steadfast.resilience4j.autoconfigure;

import org.jspecify.annotations.NullMarked;
