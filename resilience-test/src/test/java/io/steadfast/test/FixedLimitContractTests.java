package io.steadfast.test;

import java.time.Duration;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.TimeLimit;

class FixedLimitContractTests extends TimeLimitContract {

    @Override
    protected TimeLimit limit(PolicyRuntime runtime) {
        return new FixedLimit(length());
    }

    @Override
    protected Duration length() {
        return Duration.ofSeconds(2);
    }
}
