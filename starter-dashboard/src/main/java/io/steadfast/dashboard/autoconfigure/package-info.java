/**
 * Brings the dashboard and {@code resilience.dashboard.*} to Spring Boot applications. Nothing outside depends on this package.
 */
@NullMarked
package io.steadfast.dashboard.autoconfigure;

import org.jspecify.annotations.NullMarked;
