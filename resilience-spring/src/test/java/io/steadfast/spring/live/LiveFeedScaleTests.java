package io.steadfast.spring.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.PolicySlot;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.SteeredPolicy;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How much there is to do for many calls and many who watch, in readings and characters; how long that takes is measured by {@link
 * LiveFeedCost}.
 */
class LiveFeedScaleTests implements LiveSources {

    private static final int CALLS = 300;

    private static final int POLICIES = 3;

    private final ManualTimer timer = new ManualTimer();

    private final LiveFeed feed =
            new LiveFeed(this, timer.ticker(), timer, () -> Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private final List<GuardedCall> calls = new ArrayList<>();

    private final List<List<Frame>> watchers = new ArrayList<>();

    private int readings;

    @BeforeEach
    void start() {
        for (int call = 0; call < CALLS; call++) {
            List<GuardedPolicy> policies = new ArrayList<>();
            for (int policy = 0; policy < POLICIES; policy++) {
                policies.add(new GuardedPolicy(PolicySlot.of(new Counted("Service" + call + policy)), Map.of()));
            }
            calls.add(new GuardedCall("Service" + call + ".method", List.of("m"), policies));
        }
        feed.start();
        for (int watcher = 0; watcher < LiveAudience.MOST; watcher++) {
            List<Frame> frames = new ArrayList<>();
            watchers.add(frames);
            feed.subscribe(new Collector(frames), false);
        }
        timer.advance(Duration.ofSeconds(1));
        watchers.forEach(List::clear);
        readings = 0;
    }

    @Test
    void whenManyWatch_thenEachPolicyIsReadOnceATickAndEachFrameIsWrittenOnce() throws Exception {
        callAll();
        timer.advance(Duration.ofMillis(500));

        assertThat(readings).isEqualTo(CALLS * POLICIES);
        Frame tick = watchers.get(0).get(0);
        assertThat(watchers)
                .allSatisfy(frames -> assertThat(frames).singleElement().isSameAs(tick));
    }

    @Test
    void whenAllCallsAreBusy_thenATickHasSomeHundredCharactersForEach() throws Exception {
        callAll();
        timer.advance(Duration.ofMillis(500));

        assertThat(watchers.get(0).get(0).json().length()).isBetween(CALLS * 200, CALLS * 700);
    }

    @Test
    void whenOneCallIsBusy_thenATickHasThatOneOnly() throws Exception {
        call(7);
        timer.advance(Duration.ofMillis(500));

        assertThat(watchers.get(0).get(0).json()).contains("Service7.method").hasSizeLessThan(900);
    }

    @Test
    void whenNothingHappens_thenATickIsAHeartbeat() {
        timer.advance(Duration.ofMillis(500));

        assertThat(watchers.get(0).get(0).json()).isEqualTo("{\"at\":0,\"calls\":[],\"gone\":[]}");
    }

    private void callAll() throws Exception {
        for (int call = 0; call < CALLS; call++) {
            call(call);
        }
    }

    private void call(int number) throws Exception {
        Pipeline.named("Service" + number + ".method")
                .runtime(new PolicyRuntime(timer.ticker(), timer, feed))
                .build()
                .call(() -> "an answer");
    }

    @Override
    public List<GuardedCall> calls() {
        return calls;
    }

    @Override
    public List<SteeredPolicy> pipeline(GuardedCall call) {
        return call.pipeline().stream()
                .map(policy -> new SteeredPolicy(policy, Optional.empty()))
                .toList();
    }

    @Override
    public List<LiveChange> changes() {
        return List.of();
    }

    @Override
    public String application() {
        return "storefront";
    }

    @Override
    public String instance() {
        return "10.0.0.7:8080";
    }

    private record Collector(List<Frame> frames) implements LiveSubscriber {

        @Override
        public boolean offer(Frame frame) {
            return frames.add(frame);
        }

        @Override
        public void ended() {}
    }

    /** Counts how often it is asked how it is. */
    private final class Counted implements Gate {

        private final PolicyId id;

        Counted(String instance) {
            this.id = new PolicyId("circuit-breaker", instance);
        }

        @Override
        public PolicyId id() {
            return id;
        }

        @Override
        public Permit acquire(Call call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> snapshot() {
            readings++;
            Map<String, Object> state = new LinkedHashMap<>();
            state.put("state", "CLOSED");
            state.put("failure-rate", 12.5);
            return state;
        }
    }
}
