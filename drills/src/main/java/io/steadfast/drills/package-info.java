/** Drills: what users notice while real processes die, freeze, err, get slow and leave; ours beside Spring Cloud LoadBalancer. */
@NullMarked
package io.steadfast.drills;

import org.jspecify.annotations.NullMarked;
