/** Meters of pools and their instances. Needs Micrometer. */
@NullMarked
package io.steadfast.failover.metrics;

import org.jspecify.annotations.NullMarked;
