/**
 * Switches the guarding of beans on in a Spring Boot application, and explains a refused start. Nothing else depends on this
 * package.
 */
@NullMarked
package io.steadfast.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
