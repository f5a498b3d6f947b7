/** Inbound requests of a servlet container. */
@NullMarked
package io.steadfast.http.servlet;

import org.jspecify.annotations.NullMarked;
