package io.steadfast.test;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;

class FixedRetryContractTests extends RecoveryContract {

    @Override
    protected Recovery recovery(PolicyRuntime runtime) {
        return new FixedRetry(3);
    }
}
