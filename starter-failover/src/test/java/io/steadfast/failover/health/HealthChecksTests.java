package io.steadfast.failover.health;

import static io.steadfast.failover.health.HealthScene.A;
import static io.steadfast.failover.health.HealthScene.B;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import org.junit.jupiter.api.Test;

class HealthChecksTests {

    private final HealthScene scene = new HealthScene();

    @Test
    void whenNothingIsKnown_thenOnePassedCheckIsEnough() {
        scene.start(config -> config.healthyThreshold(3));
        scene.pass(0);

        assertThat(scene.heard).containsExactly("0 a well");
    }

    @Test
    void whenNothingIsKnown_thenOneFailedCheckIsEnough() {
        scene.fails();
        scene.start(config -> config.unhealthyThreshold(3));
        scene.pass(0);

        assertThat(scene.heard).containsExactly("0 a ill: down");
    }

    @Test
    void whenAllIsWell_thenChecksGoFromTheEdgeToTheInterval() {
        scene.start(config -> config.healthyThreshold(2));
        scene.pass(22);

        assertThat(scene.asked).containsExactly("0 a", "1 a", "2 a", "12 a", "22 a");
    }

    @Test
    void whenChecksGoUnanswered_thenTheThresholdDecidesAtTheEdgeInterval() {
        settled();
        scene.fails();
        scene.pass(12);

        assertThat(scene.asked).containsExactly("12 a", "13 a", "14 a");
        assertThat(scene.heard).containsExactly("14 a ill: down");
    }

    @Test
    void whenTheInstanceItselfSaysNo_thenItCountsAtOnce() {
        settled();
        scene.check = (instance, timeout) -> HealthVerdict.refused("HTTP 503");
        scene.pass(10);

        assertThat(scene.heard).containsExactly("12 a ill: HTTP 503");
    }

    @Test
    void whenAnUnhealthyInstanceComesBack_thenTheThresholdDecides() {
        scene.fails();
        scene.start(config -> config.healthyThreshold(2).unhealthyThreshold(1));
        scene.pass(5);
        scene.heard.clear();
        scene.passes();
        scene.pass(10);

        assertThat(scene.heard).containsExactly("12 a well", "13 a well");
    }

    @Test
    void whenAPassComesBetween_thenFailuresAreCountedAnew() {
        settled();
        scene.fails();
        scene.pass(11);
        scene.passes();
        scene.pass(1);
        scene.fails();
        scene.pass(2);

        assertThat(scene.asked).containsExactly("12 a", "13 a", "14 a", "15 a", "16 a");
        assertThat(scene.heard).containsExactly("14 a well");
    }

    @Test
    void whenTheWorstIsThrown_thenItIsAFailedCheckAndTheScheduleGoesOn() {
        settled();
        scene.check = (instance, timeout) -> {
            throw new StackOverflowError("deep\ndown");
        };
        scene.pass(22);

        assertThat(scene.heard).first().isEqualTo("14 a ill: StackOverflowError: deep down");
        assertThat(scene.asked).containsExactly("12 a", "13 a", "14 a", "15 a");
    }

    @Test
    @SuppressWarnings("NullAway")
    void whenACheckReturnsNull_thenItIsAFailedCheck() {
        scene.check = (instance, timeout) -> null;
        scene.start(UnaryOperator.identity());
        scene.pass(0);

        assertThat(scene.heard).containsExactly("0 a ill: the check returned null");
    }

    @Test
    void whenACheckHangs_thenItIsInterruptedAtItsTimeout() {
        scene.check = (instance, timeout) -> {
            scene.timer.sleep(Duration.ofHours(1).toNanos());
            return HealthVerdict.passed();
        };
        scene.start(config -> config.timeout(Duration.ofSeconds(2)));
        scene.pass(0);

        assertThat(scene.heard).containsExactly("2 a ill: no answer within 2s");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whenAnInstanceJoins_thenItIsCheckedAsSoonAsTheListIsKnownToHaveChanged() {
        HealthChecks checks = settled();
        scene.listed.add(B);
        checks.listChanged();
        scene.pass(0);

        assertThat(scene.asked).containsExactly("2 b");
    }

    @Test
    void whenNobodySaysThatAnInstanceJoined_thenItIsFoundWithinAnInterval() {
        settled();
        scene.listed.add(B);
        scene.pass(10);

        assertThat(scene.heard).contains("12 b well");
    }

    @Test
    void whenAnInstanceLeaves_thenItIsForgotten() {
        settled();
        scene.listed.clear();
        scene.pass(100);
        assertThat(scene.asked).isEmpty();

        scene.fails();
        scene.listed.add(A);
        scene.pass(10);
        assertThat(scene.heard).as("it comes as new").first().asString().endsWith("a ill: down");
    }

    @Test
    void whenAnInstanceMoves_thenWhatWasKnownOfTheOldPlaceDoesNotCount() {
        HealthChecks checks = settled();
        scene.fails();
        scene.listed.set(0, new Instance("pool", "a", URI.create("http://elsewhere:80"), 1, null, Map.of()));
        checks.listChanged();
        scene.pass(0);

        assertThat(scene.heard).containsExactly("2 a ill: down");
    }

    @Test
    void whenAnInstanceLeavesDuringItsCheck_thenNobodyHearsOfIt() {
        HealthChecks[] checks = new HealthChecks[1];
        scene.check = (instance, timeout) -> {
            scene.listed.clear();
            checks[0].listChanged();
            scene.timer.sleep(1);
            return HealthVerdict.passed();
        };
        checks[0] = scene.start(UnaryOperator.identity());
        scene.pass(1);

        assertThat(scene.asked).containsExactly("0 a");
        assertThat(scene.heard).isEmpty();
    }

    @Test
    void whenWaitsAreSpread_thenTheFirstAndTheFollowingAreLonger() {
        scene.chance = 0.5;
        scene.start(config -> config.jitter(0.4).healthyThreshold(1));
        scene.pass(30);

        assertThat(scene.asked).containsExactly("2 a", "3 a", "15 a", "27 a");
    }

    @Test
    void whenThereAreNoCalls_thenChecksAreRarer() {
        scene.start(config -> config.noTrafficInterval(Duration.ofSeconds(60)).healthyThreshold(1));
        scene.pass(1);
        scene.asked.clear();
        scene.calls = false;
        scene.pass(200);

        assertThat(scene.asked).hasSizeBetween(3, 4);
    }

    @Test
    void whenThereAreNoCallsAndChecksAreOffThen_thenTheyEndAndComeBackWithTheCalls() {
        scene.start(config -> config.noTrafficInterval(Duration.ZERO).healthyThreshold(1));
        scene.pass(12);
        scene.calls = false;
        scene.pass(20);
        scene.asked.clear();
        scene.pass(1000);
        assertThat(scene.asked).isEmpty();

        scene.calls = true;
        scene.pass(10);
        assertThat(scene.asked).isNotEmpty();
    }

    @Test
    void whenTheListenerOrTheListThrows_thenTheScheduleGoesOn() {
        int[] lists = new int[1];
        HealthConfig config = HealthConfig.builder((instance, timeout) -> {
                    scene.asked.add(instance.id());
                    return HealthVerdict.passed();
                })
                .jitter(0)
                .build();
        HealthChecks checks = new HealthChecks(
                config,
                new PolicyRuntime(scene.timer.ticker(), scene.timer, ResilienceListener.NONE),
                () -> {
                    if (lists[0]++ % 2 == 1) {
                        throw new IllegalStateException("no list");
                    }
                    return List.of(A);
                },
                () -> true,
                (instance, healthy, why) -> {
                    throw new IllegalStateException("deaf");
                });
        checks.start();
        scene.pass(22);

        assertThat(scene.asked).hasSize(5);
    }

    @Test
    void whenTheListenerAsksForAnotherLookOrTheEnd_thenItMay() {
        HealthChecks[] checks = new HealthChecks[1];
        HealthConfig config = HealthConfig.builder((instance, timeout) -> HealthVerdict.passed())
                .jitter(0)
                .build();
        checks[0] = new HealthChecks(
                config,
                new PolicyRuntime(scene.timer.ticker(), scene.timer, ResilienceListener.NONE),
                () -> List.of(A, B),
                () -> true,
                (instance, healthy, why) -> {
                    scene.heard.add(instance.id());
                    checks[0].listChanged();
                    checks[0].close();
                });
        checks[0].start();
        scene.pass(100);

        assertThat(scene.heard).containsExactly("a");
        assertThat(scene.timer.pendingTasks()).isZero();
    }

    @Test
    void whenClosed_thenNothingIsLeftBehind() {
        HealthChecks checks = settled();
        checks.close();
        checks.listChanged();
        checks.start();
        scene.pass(100);

        assertThat(scene.asked).isEmpty();
        assertThat(scene.timer.pendingTasks()).isZero();
    }

    /** Checks of an instance that has been well for a while; it is the third second, and the next check comes in the twelfth. */
    private HealthChecks settled() {
        HealthChecks checks = scene.start(config -> config.healthyThreshold(2).unhealthyThreshold(3));
        scene.pass(2);
        scene.asked.clear();
        scene.heard.clear();
        return checks;
    }
}
