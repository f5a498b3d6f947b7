/**
 * A shop that keeps selling while the services behind it fail. This package is what a user of the starters writes: one small
 * client per service, annotated, and a controller that asks all of them.
 */
@NullMarked
package io.steadfast.samples.storefront;

import org.jspecify.annotations.NullMarked;
