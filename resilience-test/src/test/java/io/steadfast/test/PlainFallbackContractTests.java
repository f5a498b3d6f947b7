package io.steadfast.test;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;
import io.steadfast.core.Verdict;

class PlainFallbackContractTests extends RecoveryContract {

    @Override
    protected Recovery recovery(PolicyRuntime runtime) {
        return new PlainFallback();
    }

    private record PlainFallback() implements Recovery {

        @Override
        public PolicyId id() {
            return new PolicyId("fallback", "contract");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            return failure == null ? Verdict.keep() : Verdict.instead(() -> "yesterday's");
        }
    }
}
