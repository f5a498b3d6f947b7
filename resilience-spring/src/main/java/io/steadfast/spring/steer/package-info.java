/**
 * What operators change by hand while the application runs: made, listed, taken back, and ended by itself.
 */
@NullMarked
package io.steadfast.spring.steer;

import org.jspecify.annotations.NullMarked;
