package io.steadfast.resilience4j.registry;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.test.RecoveryContract;

/** What every recovery has to keep, kept by a retry that is observed. */
class ObservedRetryContractTests extends RecoveryContract {

    @Override
    protected Recovery recovery(PolicyRuntime runtime) {
        RetryPolicy policy = new RetryPolicy(
                new PolicyId(RetryPolicy.KIND, "contract"),
                RetryConfig.builder().jitter(0).build(),
                runtime);
        return new ObservedRetry(policy, RetryRules.NONE, new RetryRecord("contract"));
    }
}
