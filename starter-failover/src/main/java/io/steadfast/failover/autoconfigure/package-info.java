/** Plugs fail-over into Spring Boot: settings, sources of instances, facts about methods, meters and the actuator. Internal. */
@NullMarked
package io.steadfast.failover.autoconfigure;

import org.jspecify.annotations.NullMarked;
