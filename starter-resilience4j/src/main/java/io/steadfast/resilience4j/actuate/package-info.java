/** resilience4j's actuator endpoints: its ids, its paths and its documents, over our policies. */
@NullMarked
package io.steadfast.resilience4j.actuate;

import org.jspecify.annotations.NullMarked;
