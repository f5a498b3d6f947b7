/** Pools and their instances at the actuator. Needs Spring Boot's actuator. */
@NullMarked
package io.steadfast.failover.actuate;

import org.jspecify.annotations.NullMarked;
