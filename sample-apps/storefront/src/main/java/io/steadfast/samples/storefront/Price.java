package io.steadfast.samples.storefront;

import java.math.BigDecimal;

/** What a product costs; {@code current} is false for the last price that was heard of. */
record Price(BigDecimal amount, String currency, boolean current) {

    Price outdated() {
        return new Price(amount, currency, false);
    }
}
