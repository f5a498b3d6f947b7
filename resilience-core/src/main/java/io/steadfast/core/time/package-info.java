/**
 * Time as the drivers and policies see it: a {@link io.steadfast.core.time.Ticker} to read and a
 * {@link io.steadfast.core.time.Timer} to wait on. The only package that touches the system clock, threads or
 * executors, so that every test can put its own time in.
 */
@NullMarked
package io.steadfast.core.time;

import org.jspecify.annotations.NullMarked;
