/**
 * Brings the factories to Spring Boot applications, and Spring Cloud Gateway's {@code CircuitBreaker} filter with them. Nothing outside
 * depends on this package.
 */
@NullMarked
package io.steadfast.springcloud.autoconfigure;

import org.jspecify.annotations.NullMarked;
