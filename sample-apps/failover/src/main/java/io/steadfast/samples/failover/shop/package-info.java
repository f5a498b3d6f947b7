/** What a user of the starters writes: a shop that asks a service of which there are several instances. */
@NullMarked
package io.steadfast.samples.failover.shop;

import org.jspecify.annotations.NullMarked;
