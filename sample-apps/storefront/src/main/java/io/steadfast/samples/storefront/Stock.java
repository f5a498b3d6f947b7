package io.steadfast.samples.storefront;

/** How many are left; {@code known} is false when the stock service could not say. */
record Stock(int left, boolean known) {

    static final Stock UNKNOWN = new Stock(0, false);
}
