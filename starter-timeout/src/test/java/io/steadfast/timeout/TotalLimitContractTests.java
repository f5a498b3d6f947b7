package io.steadfast.timeout;

import java.time.Duration;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.TimeLimit;
import io.steadfast.test.TimeLimitContract;

/** What every limit has to keep, kept by the limit of the whole call. */
class TotalLimitContractTests extends TimeLimitContract {

    @Override
    protected TimeLimit limit(PolicyRuntime runtime) {
        TimeoutConfig config = TimeoutConfig.builder()
                .limit(Duration.ofMillis(5))
                .total(length())
                .build();
        return TimeoutPolicy.total("contract", config);
    }

    @Override
    protected Duration length() {
        return Duration.ofSeconds(10);
    }
}
