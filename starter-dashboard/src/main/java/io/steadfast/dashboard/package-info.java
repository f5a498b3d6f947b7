/** The page that shows every guarded call, and what it asks the application. */
@NullMarked
package io.steadfast.dashboard;

import org.jspecify.annotations.NullMarked;
