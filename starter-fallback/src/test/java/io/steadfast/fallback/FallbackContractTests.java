package io.steadfast.fallback;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;
import io.steadfast.test.RecoveryContract;

/** What every recovery has to keep. */
class FallbackContractTests extends RecoveryContract {

    @Override
    protected Recovery recovery(PolicyRuntime runtime) {
        return new FallbackPolicy(
                new PolicyId(FallbackPolicy.POLICY, "contract"), FailureFilter.NONE, (call, failure) -> "yesterday's");
    }
}
