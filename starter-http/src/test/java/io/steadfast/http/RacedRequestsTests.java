package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.Call;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Race;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.StageTarget;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;

/** Requests made in attempts that run beside each other. */
class RacedRequestsTests {

    private static final HttpSurroundings SURROUNDINGS = HttpSurroundings.system();

    private final ManualTimer timer = new ManualTimer();

    private final HttpTargets targets = HttpTargets.none(SURROUNDINGS);

    private final List<String> keys = new ArrayList<>();

    private final CompletableFuture<Object> answer = new CompletableFuture<>();

    /** Sends a POST in each attempt, and lets time pass. */
    private void post(HttpRules rules) {
        HttpTarget target =
                HttpTarget.at("stock", "http://stock.example", List.of(), rules, () -> Pipeline.of("stock"));
        OutgoingRequest request = new OutgoingRequest("POST", URI.create("http://stock.example/"), name -> null, true);
        StageTarget<String> caller = new StageTarget<>() {
            @Override
            public Object proceed(String invocation) {
                throw new AssertionError("asked without a call");
            }

            @Override
            public Object proceed(String invocation, Call call) {
                keys.add(targets.exchange(target, request, call, false)
                        .attempt(call, null)
                        .headers()
                        .getOrDefault(ResilienceHeaders.IDEMPOTENCY_KEY, "none"));
                return answer;
            }
        };
        Pipeline.named("shop")
                .runtime(new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE))
                .reader(new HttpOutcomeReader(List.of(), SURROUNDINGS))
                .policy(new Hedging())
                .build()
                .callAsync("", caller);
        timer.advance(Duration.ofSeconds(1));
    }

    @Test
    void whenOurKeyMakesAPostSafe_thenBothAttemptsSendTheSameKey() {
        post(HttpRules.builder().idempotencyKey(true).build());
        assertThat(keys).hasSize(2).doesNotContain("none");
        assertThat(keys.get(0)).isEqualTo(keys.get(1));
    }

    @Test
    void whenAPostHasNoKey_thenItIsSentOnce() {
        post(HttpRules.defaults());
        assertThat(keys).containsExactly("none");
    }

    private record Hedging() implements Race {

        @Override
        public PolicyId id() {
            return new PolicyId("hedge", "shop");
        }

        @Override
        public long delayNanos(Call call, int started) {
            return started == 1 ? 1000 : NEVER;
        }

        @Override
        public boolean mayStart(Call call, int started) {
            return true;
        }
    }
}
