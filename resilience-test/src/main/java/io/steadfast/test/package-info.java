/**
 * For those who write policies or use them: time that a test moves by hand, contracts that a policy of your own has to
 * keep in all three drivers, and assertions about pipelines.
 */
@NullMarked
package io.steadfast.test;

import org.jspecify.annotations.NullMarked;
