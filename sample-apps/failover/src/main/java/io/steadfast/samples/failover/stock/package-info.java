/** The service that the shop asks. It runs three times, each time as a process of its own. */
@NullMarked
package io.steadfast.samples.failover.stock;

import org.jspecify.annotations.NullMarked;
