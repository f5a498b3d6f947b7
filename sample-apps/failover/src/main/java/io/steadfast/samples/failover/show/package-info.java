/** The play around it: it starts the instances, makes trouble, sends visitors and prints what they notice. */
@NullMarked
package io.steadfast.samples.failover.show;

import org.jspecify.annotations.NullMarked;
