/**
 * Guards Spring beans: finds the annotations, reads the settings, compiles one pipeline per method at start-up and runs
 * calls through it. Starters plug in with a {@link io.steadfast.spring.PolicyProvider}.
 */
@NullMarked
package io.steadfast.spring;

import org.jspecify.annotations.NullMarked;
