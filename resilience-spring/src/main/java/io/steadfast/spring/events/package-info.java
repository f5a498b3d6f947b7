/**
 * Passes on what happens to calls: to the log and to the application's own event listeners.
 */
@NullMarked
package io.steadfast.spring.events;

import org.jspecify.annotations.NullMarked;
