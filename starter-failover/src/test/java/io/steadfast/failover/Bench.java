package io.steadfast.failover;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.steadfast.core.Call;
import io.steadfast.core.Instance;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;

/** A pool under test, with time that passes when the test says so, and attempts made by hand instead of by a driver. */
final class Bench {

    final ManualTimer timer = new ManualTimer();

    final RecordingListener listener = new RecordingListener();

    final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, listener);

    final FailoverPolicy policy;

    final Pool pool;

    Bench(FailoverConfig config, InstanceSource source) {
        policy = new FailoverPolicy(new PolicyId(FailoverPolicy.KIND, "stock"), config, runtime, source);
        pool = policy.pool();
    }

    /** Instances that take turns, so that a test knows who is next. */
    static Bench of(String... ids) {
        return of(config -> {}, ids);
    }

    static Bench of(Consumer<FailoverConfigBuilder> change, String... ids) {
        FailoverConfigBuilder config = inTurns();
        change.accept(config);
        return new Bench(config.build(), InstanceSource.of(instances(ids)));
    }

    static FailoverConfigBuilder inTurns() {
        return FailoverConfig.builder().picker(PickerType.ROUND_ROBIN).slowStart(Duration.ZERO);
    }

    static List<Instance> instances(String... ids) {
        return Arrays.stream(ids).map(Bench::instance).toList();
    }

    static Instance instance(String id) {
        return new Instance("stock", id, URI.create("http://" + id + ":8080"), 1, null, Map.of());
    }

    Call call() {
        return Call.of("stock");
    }

    Attempt attempt() {
        return attempt(call());
    }

    Attempt attempt(Call call) {
        return new Attempt(call, (MemberLease) policy.acquire(call));
    }

    /** An attempt that lands on a certain instance. */
    Attempt attemptAt(String id) {
        URI uri = URI.create("http://" + id + ":8080");
        PassedInstance passed = call -> uri;
        return attempt(Call.of("stock", Map.of(PassedInstance.class, passed)));
    }

    void failAt(String id, int times) {
        for (int i = 0; i < times; i++) {
            attemptAt(id).fails();
        }
    }

    void serveAt(String id, int times) {
        for (int i = 0; i < times; i++) {
            attemptAt(id).succeeds();
        }
    }

    InstanceState state(String id) {
        return pool.instances().stream()
                .filter(state -> state.instance().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    InstanceState.Status status(String id) {
        return state(id).status();
    }

    /** Where the next attempts go, each of a call of its own. */
    List<String> next(int attempts) {
        return IntStream.range(0, attempts)
                .mapToObj(i -> {
                    Attempt attempt = attempt();
                    attempt.abandoned();
                    return attempt.id();
                })
                .toList();
    }

    void pass(Duration time) {
        timer.advance(time);
    }

    void settleDown() {
        timer.advance(Duration.ZERO);
    }

    int inFlight() {
        return (int) policy.snapshot().get("in-flight");
    }

    List<String> changes() {
        return listener.events().stream()
                .map(event -> event.from() + " -> " + event.to() + ": " + event.detail())
                .toList();
    }

    record Attempt(Call call, MemberLease lease) {

        String id() {
            return lease.instance().id();
        }

        void succeeds() {
            lease.succeeded(call, 1_000_000, "ok");
        }

        void fails() {
            lease.failed(call, 1_000_000, new IOException("down"));
        }

        void abandoned() {
            lease.abandoned(call);
        }
    }
}
