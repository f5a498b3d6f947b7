/**
 * Active health checks: asks instances whether they are well, whether or not calls go there. Plain Java; knows nothing of pools.
 */
@NullMarked
package io.steadfast.failover.health;

import org.jspecify.annotations.NullMarked;
