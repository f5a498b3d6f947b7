/** The registry of a drill, as a process. */
@NullMarked
package io.steadfast.drills.registry;

import org.jspecify.annotations.NullMarked;
