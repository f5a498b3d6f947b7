package io.steadfast.http;

import java.time.Duration;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.TimeLimit;
import io.steadfast.test.TimeLimitContract;

/** What every limit has to keep, kept by the one that has none of its own: here it has one that a test can wait for. */
class InheritedDeadlineContractTests extends TimeLimitContract {

    @Override
    protected TimeLimit limit(PolicyRuntime runtime) {
        return new InheritedDeadline("contract", length().toNanos());
    }

    @Override
    protected Duration length() {
        return Duration.ofSeconds(10);
    }
}
