package io.steadfast.failover.health;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.test.ManualTimer;

/** Checks of a pool by manual time: what was asked and heard, each with the second it happened in. */
final class HealthScene {

    static final Instance A = instance("a");

    static final Instance B = instance("b");

    final ManualTimer timer = new ManualTimer();

    final List<Instance> listed = new ArrayList<>(List.of(A));

    final List<String> asked = new ArrayList<>();

    final List<String> heard = new ArrayList<>();

    /** What checks do, after it has been noted that somebody was asked. */
    HealthCheck check = (instance, timeout) -> HealthVerdict.passed();

    boolean calls = true;

    double chance;

    private long began;

    HealthChecks start(UnaryOperator<HealthConfigBuilder> settings) {
        HealthConfig config = settings.apply(
                        HealthConfig.builder(this::ask).jitter(0).interval(Duration.ofSeconds(10)))
                .build();
        HealthChecks checks = new HealthChecks(
                config,
                new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE),
                () -> List.copyOf(listed),
                () -> calls,
                (instance, healthy, why) -> heard.add(
                        second() + instance.id() + (healthy ? " well" : " ill") + (why.isEmpty() ? "" : ": " + why)),
                () -> chance);
        began = timer.ticker().nanos();
        checks.start();
        return checks;
    }

    void pass(int seconds) {
        timer.advance(Duration.ofSeconds(seconds));
    }

    void fails() {
        check = (instance, timeout) -> HealthVerdict.noAnswer("down");
    }

    void passes() {
        check = (instance, timeout) -> HealthVerdict.passed();
    }

    static Instance instance(String id) {
        return new Instance("pool", id, URI.create("http://" + id + ":80"), 1, null, Map.of());
    }

    private HealthVerdict ask(Instance instance, Duration timeout) throws Exception {
        asked.add(second() + instance.id());
        return check.check(instance, timeout);
    }

    private String second() {
        return (timer.ticker().nanos() - began) / 1_000_000_000L + " ";
    }
}
