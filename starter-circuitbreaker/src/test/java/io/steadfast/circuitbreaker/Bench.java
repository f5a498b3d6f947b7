package io.steadfast.circuitbreaker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Permit;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;

/** A breaker with its surroundings: a clock moved by hand, a listener, a registry. */
final class Bench {

    final ManualTimer timer = new ManualTimer();

    final RecordingListener listener = new RecordingListener();

    final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, listener);

    final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

    final Call call = Call.of("stock");

    final CircuitBreakerPolicy breaker;

    Bench(BreakerConfigBuilder config) {
        breaker = new CircuitBreakerPolicy(
                new PolicyId("circuit-breaker", "stock"), config.build(), runtime, registry, () -> 0);
    }

    /** Opens when 2 of at least 4 calls failed, for 5 s; 5 trials. */
    static BreakerConfigBuilder small() {
        return BreakerConfig.builder()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(4)
                .minimumNumberOfCalls(4);
    }

    io.github.resilience4j.circuitbreaker.CircuitBreaker engine() {
        return registry.circuitBreaker("stock");
    }

    Pipeline pipeline(Policy... inside) {
        Pipeline.Builder builder = Pipeline.named("stock").runtime(runtime).policy(breaker);
        for (Policy policy : inside) {
            builder.policy(policy);
        }
        return builder.build();
    }

    Permit acquire() {
        return breaker.acquire(call);
    }

    void succeed() {
        succeed(acquire());
    }

    void succeed(Permit permit) {
        permit.succeeded(call, 0, "ok");
    }

    void fail() {
        fail(acquire());
    }

    void fail(Permit permit) {
        permit.failed(call, 0, new IOException("down"));
    }

    /** As many failures as the small breaker takes to open. */
    void trip() {
        for (int i = 0; i < 4; i++) {
            fail();
        }
    }

    void tripAndWait() {
        trip();
        advance(Duration.ofSeconds(5));
    }

    void advance(Duration by) {
        timer.advance(by);
    }

    boolean isRefused() {
        return refusal() != null;
    }

    /** The refusal of one call; one that is let in is abandoned. */
    CircuitOpenException refusal() {
        try {
            acquire().abandoned(call);
            return null;
        } catch (CircuitOpenException refusal) {
            return refusal;
        }
    }

    List<String> transitions() {
        return listener.events().stream()
                .filter(event -> event.kind() == PolicyEvent.Kind.STATE_CHANGED)
                .map(event -> event.from() + " > " + event.to())
                .toList();
    }
}
