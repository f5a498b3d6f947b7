package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.steadfast.core.Gate;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.GateContract;
import org.junit.jupiter.api.Nested;

/** A shared limiter keeps what each gate has to keep, with its store and without. */
class SharedLimiterContractTests {

    @Nested
    class WhenTheStoreAnswersAtOnce extends Contract {

        @Override
        CompletionStage<Long> answer(long answer) {
            return CompletableFuture.completedFuture(answer);
        }
    }

    @Nested
    class WhenTheStoreIsDown extends Contract {

        @Override
        CompletionStage<Long> answer(long answer) {
            return CompletableFuture.failedFuture(new IllegalStateException("wire cut"));
        }
    }

    abstract static class Contract extends GateContract {

        abstract CompletionStage<Long> answer(long answer);

        @Override
        protected Gate openGate(PolicyRuntime runtime) {
            return limiter(0, StoreDown.OPEN, runtime);
        }

        @Override
        protected Gate shutGate(PolicyRuntime runtime) {
            return limiter(-Duration.ofMinutes(1).toNanos(), StoreDown.CLOSED, runtime);
        }

        /** What has been taken is spent. */
        @Override
        protected int permitsInUse(Gate gate) {
            return 0;
        }

        private Gate limiter(long said, StoreDown storeDown, PolicyRuntime runtime) {
            LimiterConfig config = LimiterConfig.builder()
                    .scope(Scope.SHARED)
                    .storeDown(storeDown)
                    .build();
            SharedLimit store = new SharedLimit() {
                @Override
                public CompletionStage<Long> take(String key, int permits, long maxWaitNanos) {
                    return answer(said);
                }

                @Override
                public OptionalLong available() {
                    return OptionalLong.empty();
                }
            };
            return SharedRateLimiter.of(HandStore.ID, config, SharedLimitConfig.defaults(), store, runtime);
        }
    }
}
