/** What makes the shop worth watching: visitors, and a table that says what they got and what each dependency did. */
@NullMarked
package io.steadfast.samples.storefront.show;

import org.jspecify.annotations.NullMarked;
