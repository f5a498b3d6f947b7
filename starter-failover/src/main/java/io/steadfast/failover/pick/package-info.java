/**
 * Choosing one of many: the algorithms, and what they are told of each instance. Plain Java; knows nothing of calls and pools.
 */
@NullMarked
package io.steadfast.failover.pick;

import org.jspecify.annotations.NullMarked;
