/** Who calls the service under a steady load, as a process: once with Steadfast, once with Spring Cloud LoadBalancer. */
@NullMarked
package io.steadfast.drills.caller;

import org.jspecify.annotations.NullMarked;
