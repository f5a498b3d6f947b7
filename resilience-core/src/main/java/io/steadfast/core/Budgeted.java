package io.steadfast.core;

import java.util.Optional;

/**
 * A policy with a budget for the extra calls it makes. Other policies around the same call that send extra calls pay from it, too
 * ({@link Call#budget()}), so that together they stay a bounded share of all calls.
 */
public interface Budgeted {

    /**
     * The budget.
     *
     * @return the budget; empty if extra calls are not limited
     */
    Optional<RetryBudget> budget();
}
