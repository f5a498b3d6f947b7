/** The stream of frames in servlet applications. */
@NullMarked
package io.steadfast.spring.live.servlet;

import org.jspecify.annotations.NullMarked;
