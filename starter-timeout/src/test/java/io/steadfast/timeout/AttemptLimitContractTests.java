package io.steadfast.timeout;

import java.time.Duration;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.TimeLimit;
import io.steadfast.test.TimeLimitContract;

/** What every limit has to keep, kept by the limit of each attempt. */
class AttemptLimitContractTests extends TimeLimitContract {

    @Override
    protected TimeLimit limit(PolicyRuntime runtime) {
        return TimeoutPolicy.attempt(
                "contract", TimeoutConfig.builder().limit(length()).build());
    }

    @Override
    protected Duration length() {
        return Duration.ofMillis(800);
    }
}
