/** One observation, and so one span of a trace, for each guarded call. */
@NullMarked
package io.steadfast.spring.observation;

import org.jspecify.annotations.NullMarked;
