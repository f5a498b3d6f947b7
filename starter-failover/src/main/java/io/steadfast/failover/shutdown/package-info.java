/**
 * This application's own side of fail-over: when it is about to end, it says so while it still answers, and drains after that.
 */
@NullMarked
package io.steadfast.failover.shutdown;

import org.jspecify.annotations.NullMarked;
