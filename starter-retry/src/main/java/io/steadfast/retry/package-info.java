/**
 * Retry: try a failed call again, after a wait, as long as a budget allows it.
 *
 * <p>{@link io.steadfast.retry.RetryPolicy} decides; waiting and calling again are the business of the core's drivers, so
 * the same policy serves plain methods, stages and publishers. Waits follow the AWS Architecture Blog's "Exponential
 * Backoff and Jitter" (2015), the budget follows Finagle's {@code RetryBudget}. Plain Java: Spring is in the package below.
 */
@NullMarked
package io.steadfast.retry;

import org.jspecify.annotations.NullMarked;
