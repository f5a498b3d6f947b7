/**
 * resilience4j's registries over the policies that calls really go through: who asks one of them by name sees, and where the interface
 * allows it steers, the policy of that name.
 */
@NullMarked
package io.steadfast.resilience4j.registry;

import org.jspecify.annotations.NullMarked;
