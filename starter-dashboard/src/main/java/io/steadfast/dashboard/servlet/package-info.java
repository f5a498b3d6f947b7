/** The dashboard on servlets. */
@NullMarked
package io.steadfast.dashboard.servlet;

import org.jspecify.annotations.NullMarked;
