package io.steadfast.hedge;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Race;
import io.steadfast.test.RaceContract;

/** What every race has to keep, kept by a hedge that can afford it. */
class HedgeContractTests extends RaceContract {

    @Override
    protected Race race(PolicyRuntime runtime) {
        HedgeConfig config = HedgeConfig.builder().delay(delay()).extraLoad(0.1).build();
        HedgePolicy policy = new HedgePolicy(new PolicyId(HedgePolicy.KIND, "contract"), config, runtime);
        for (int i = 0; i < 100; i++) {
            policy.delayNanos(Call.of("contract"), 1); // calls that earn what the scenario spends
        }
        return policy;
    }

    @Override
    protected Duration delay() {
        return Duration.ofMillis(50);
    }
}
