/** Keys that an expression works out of a call's arguments, for policies that tell calls apart by them. */
@NullMarked
package io.steadfast.spring.key;

import org.jspecify.annotations.NullMarked;
