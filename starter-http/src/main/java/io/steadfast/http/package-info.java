/** HTTP calls understood: what an answer says about the target, which calls may be made again, and how much time is left. */
@NullMarked
package io.steadfast.http;

import org.jspecify.annotations.NullMarked;
