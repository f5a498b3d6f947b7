/** The dashboard in a real browser, before a real application. */
@NullMarked
package io.steadfast.browser;

import org.jspecify.annotations.NullMarked;
