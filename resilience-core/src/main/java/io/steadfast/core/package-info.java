/**
 * The engine room: policies decide, drivers act.
 *
 * <p>A {@link io.steadfast.core.Policy} is one of four sealed shapes ({@link io.steadfast.core.Gate},
 * {@link io.steadfast.core.Recovery}, {@link io.steadfast.core.TimeLimit}, {@link io.steadfast.core.Race}); it holds no thread, no future and no sleep.
 * A {@link io.steadfast.core.Pipeline} lines policies up, outermost first, and runs calls through them: plain ones on
 * their caller's thread, stages without blocking one. Depends on the JDK and JSpecify only.
 */
@NullMarked
package io.steadfast.core;

import org.jspecify.annotations.NullMarked;
