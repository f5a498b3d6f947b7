package io.steadfast.retry;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;
import io.steadfast.test.RecoveryContract;

/** What every recovery has to keep. Without jitter, so that the call models can be compared. */
class RetryContractTests extends RecoveryContract {

    @Override
    protected Recovery recovery(PolicyRuntime runtime) {
        return new RetryPolicy(
                new PolicyId(RetryPolicy.KIND, "contract"),
                RetryConfig.builder().jitter(0).build(),
                runtime);
    }
}
