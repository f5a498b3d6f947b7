/** Processes that a drill starts, troubles and takes down with it. */
@NullMarked
package io.steadfast.drills.process;

import org.jspecify.annotations.NullMarked;
