/** What happens to the calls of the last minute, as a stream of snapshots and changes for dashboards. */
@NullMarked
package io.steadfast.spring.live;

import org.jspecify.annotations.NullMarked;
