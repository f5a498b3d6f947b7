package io.steadfast.ratelimiter;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.GateContract;

class RateLimiterContractTests extends GateContract {

    private static final PolicyId ID = new PolicyId(RateLimiterPolicy.KIND, "contract");

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        return new RateLimiterPolicy(ID, LimiterConfig.defaults(), runtime);
    }

    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        LimiterConfig once = LimiterConfig.builder()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofDays(3650))
                .build();
        RateLimiterPolicy limiter = new RateLimiterPolicy(ID, once, runtime);
        limiter.acquire(Call.of("earlier"));
        return limiter;
    }

    /** What has been taken is spent; only a wait can be given up. */
    @Override
    protected int permitsInUse(Gate gate) {
        return (int) gate.snapshot().get("waiting");
    }
}
