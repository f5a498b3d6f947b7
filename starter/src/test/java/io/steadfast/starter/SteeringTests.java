package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.WallClock;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardEngine;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.steer.ChangeRefusedException;
import io.steadfast.spring.steer.ChangeRequest;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.LiveChanges;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;

/** Operators change what they like by hand; it ends as they said, and a mistake changes nothing. */
class SteeringTests {

    @Test
    void whenASettingIsChanged_thenItHoldsAtOnce_andItsOriginSaysWhoChangedIt() {
        run(night -> {
            LiveChange change = night.change("SteeredShop.bill", "retry", Map.of("maxAttempts", 5), null);

            night.shop.down(true);
            assertThat(night.shop.entriesOf(night.shop::bill)).isEqualTo(5);
            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts"))
                    .isEqualTo(new EffectiveValue(5, "changed by alice (c1)"));
            assertThat(change.before()).containsEntry("max-attempts", 2);
            assertThat(change.values()).containsEntry("max-attempts", "5");
            assertThat(night.changes.inForce()).containsExactly(change);
        });
    }

    @Test
    void whenItsTimeIsUp_thenAChangeIsUndone() {
        run(night -> {
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), Duration.ofSeconds(30));
            assertThat(night.origin("SteeredShop.bill", "retry", "max-attempts"))
                    .startsWith("changed by alice (c1) until 20");

            night.timer.advance(Duration.ofSeconds(29));
            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(5);
            night.timer.advance(Duration.ofSeconds(1));

            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(2);
            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.told()).last().asString().startsWith("Expired: c1 (change) of retry 'bill'");
        });
    }

    @Test
    void whenTheSettingIsRefused_thenNothingHasChanged_andEveryReasonIsTold() {
        run(night -> {
            assertThatThrownBy(() -> night.change(
                            "SteeredShop.bill", "retry", Map.of("max-attempts", 0), Duration.ofSeconds(30)))
                    .isInstanceOf(ChangeRefusedException.class)
                    .hasMessageContaining("max-attempts")
                    .hasMessageContaining("changed by alice");

            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(2);
            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.timer.pendingTasks()).isZero();
            assertThat(night.context
                            .getBean(ResilienceRefresher.class)
                            .refresh()
                            .isRefused())
                    .isFalse();
            assertThat(night.told())
                    .last()
                    .asString()
                    .startsWith("Refused to alice: change of retry of call 'SteeredShop.bill'");
        });
    }

    @Test
    void whenAKeyIsNotKnown_thenTheNearestIsNamed() {
        run(night -> assertThatThrownBy(() ->
                        night.change("SteeredShop.bill", "retry", Map.of("max-atempts", 3, "enabled", true), null))
                .isInstanceOfSatisfying(
                        ChangeRefusedException.class,
                        refusal -> assertThat(refusal.reasons())
                                .containsExactlyInAnyOrder(
                                        "retry has no setting 'max-atempts': did you mean max-attempts?",
                                        "enabled is changed by the actions disable and enable.")));
    }

    @Test
    void whenASettingMeansSomethingAtTheStartOnly_thenThatIsSaid() {
        run(night -> assertThatThrownBy(
                        () -> night.change("card", "circuit-breaker", Map.of("initial-state", "FORCED_OPEN"), null))
                .hasMessageContaining("initial-state of circuit-breaker means something only when the application"));
    }

    @Test
    void whenAValueHasAPlaceholder_thenItIsRefused() {
        run(night -> assertThatThrownBy(
                        () -> night.change("SteeredShop.bill", "retry", Map.of("backoff", "${user.home}"), null))
                .hasMessageContaining("must not contain a placeholder"));
    }

    @Test
    void whenSeveralChangesAreStacked_thenTheLastHolds_andUndoingAnEarlierDisturbsNothing() {
        run(night -> {
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), null);
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 7), null);

            night.undo("SteeredShop.bill", "c1");
            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(7);
            night.undo("SteeredShop.bill", null);

            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(2);
            assertThat(night.changes.inForce()).isEmpty();
        });
    }

    @Test
    void whenABreakerIsForcedOpen_thenNothingPasses_untilItsTimeIsUp() {
        run(night -> {
            night.act("card", "force-open", "circuit-breaker", Duration.ofMinutes(1));
            assertThat(night.shop.entriesOf(night.shop::card)).isZero();
            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "FORCED_OPEN");

            night.timer.advance(Duration.ofMinutes(1));

            assertThat(night.shop.entriesOf(night.shop::card)).isOne();
            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "CLOSED");
        });
    }

    @Test
    void whenABreakerIsForcedClosed_thenItCountsAndRefusesNothing() {
        run(night -> {
            night.act("card", "force-closed", "circuit-breaker", null);
            night.shop.down(true);
            for (int call = 0; call < 200; call++) {
                assertThat(night.shop.entriesOf(night.shop::card)).isOne();
            }

            assertThat(night.state("card", "circuit-breaker"))
                    .containsEntry("state", "METRICS_ONLY")
                    .containsEntry("failed-calls", 200);
        });
    }

    @Test
    void whenOfTwoForcesTheLaterIsUndone_thenTheEarlierHoldsAgain() {
        run(night -> {
            night.act("card", "force-open", "circuit-breaker", null);
            night.act("card", "force-closed", "circuit-breaker", null);

            night.undo("card", "c2");
            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "FORCED_OPEN");
            night.undo("card", "c1");

            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "CLOSED");
        });
    }

    @Test
    void whenOfTwoForcesTheEarlierEnds_thenTheLaterIsNotDisturbed() {
        run(night -> {
            night.act("card", "force-open", "circuit-breaker", Duration.ofSeconds(5));
            night.act("card", "force-closed", "circuit-breaker", null);

            night.timer.advance(Duration.ofSeconds(5));

            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "METRICS_ONLY");
        });
    }

    @Test
    void whenSettingsChangeWhileForced_thenItStaysForced() {
        run(night -> {
            night.act("card", "force-open", "circuit-breaker", null);
            night.change("card", "circuit-breaker", Map.of("sliding-window-size", 33), null);
            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "FORCED_OPEN");

            night.undo("card", "c1");

            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "CLOSED");
        });
    }

    @Test
    void whenABreakerIsReset_thenWhatWasForcedHasEnded() {
        run(night -> {
            night.act("card", "force-open", "circuit-breaker", Duration.ofMinutes(1));

            LiveChange reset = night.act("card", "reset", "circuit-breaker", null);

            assertThat(reset.id()).isEqualTo("c2");
            assertThat(night.state("card", "circuit-breaker")).containsEntry("state", "CLOSED");
            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.timer.pendingTasks()).isZero();
        });
    }

    @Test
    void whenAPolicyCannotDoIt_thenItIsSaidWhatItCan() {
        run(night -> {
            assertThatThrownBy(() -> night.act("stock", "force-open", "retry", null))
                    .hasMessage("retry 'stock' has no action force-open: it has reset, disable, enable, change, undo.");
            assertThatThrownBy(() -> night.act("stock", "reset", "timeout", null))
                    .hasMessage("timeout 'stock' has no action reset: it has disable, enable, change, undo.");
            assertThatThrownBy(() -> night.act("stock", "force-opne", "circuit-breaker", null))
                    .hasMessage("There is no action 'force-opne': did you mean force-open?");
            assertThatThrownBy(() -> night.act("card", "disable", "retry", null))
                    .hasMessageContaining("Call 'card' has no retry");
            assertThatThrownBy(() -> night.act("nobody", "disable", "retry", null))
                    .hasMessageContaining("There is no call 'nobody'");
            assertThatThrownBy(() -> night.act("card", "reset", "circuit-breaker", Duration.ofSeconds(1)))
                    .hasMessageContaining("'for' makes no sense with reset");
        });
    }

    @Test
    void whenPoliciesAreReset_thenTheyGoOn() {
        run(night -> {
            for (String policy : List.of("retry", "hedge", "failover", "circuit-breaker", "rate-limiter", "bulkhead")) {
                night.act("stock", "reset", policy, null);
            }
            assertThat(night.shop.entriesOf(night.shop::stock)).isOne();
            assertThat(night.state("stock", "bulkhead")).containsEntry("in-flight", 0);
        });
    }

    @Test
    void whenTheOnlyPolicyIsDisabled_thenTheCallIsStillThere_andCanBeEnabledAgain() {
        run(night -> {
            night.act("card", "force-open", "circuit-breaker", null);
            night.act("card", "disable", "circuit-breaker", null);

            assertThat(night.shop.entriesOf(night.shop::card)).isOne();
            assertThat(night.changes.pipeline(night.changes.find("card").orElseThrow()))
                    .singleElement()
                    .satisfies(shown ->
                            assertThat(shown.disabledBy().map(LiveChange::id)).contains("c2"));
            assertThatThrownBy(() -> night.act("card", "force-open", "circuit-breaker", null))
                    .hasMessageContaining("circuit-breaker 'card' is disabled (c2)");

            night.act("card", "enable", "circuit-breaker", null);

            assertThat(night.shop.entriesOf(night.shop::card)).isZero();
            assertThat(night.changes.inForce()).extracting(LiveChange::id).containsExactly("c1");
        });
    }

    @Test
    void whenAPolicyIsDisabled_thenItIsShownAtItsPlace_inEveryCallThatShareIt() {
        run(night -> {
            night.act("SteeredShop.bill", "disable", "circuit-breaker", Duration.ofSeconds(10));

            assertThat(night.places("SteeredShop.bill")).containsExactly("retry", "circuit-breaker disabled");
            assertThat(night.places("card")).containsExactly("circuit-breaker disabled");
            night.timer.advance(Duration.ofSeconds(10));

            assertThat(night.places("SteeredShop.bill")).containsExactly("retry", "circuit-breaker");
            assertThat(night.places("card")).containsExactly("circuit-breaker");
        });
    }

    @Test
    void whenAPolicyIsSwitchedOffByProperties_thenItCanBeEnabledForAWhile() {
        Night.world()
                .withPropertyValues("resilience.retry.instances.bill.enabled=false")
                .run(context -> {
                    Night night = new Night(context);
                    night.shop.down(true);
                    assertThat(night.shop.entriesOf(night.shop::bill)).isOne();

                    night.act("SteeredShop.bill", "enable", "retry", Duration.ofSeconds(10));
                    assertThat(night.shop.entriesOf(night.shop::bill)).isEqualTo(2);
                    night.timer.advance(Duration.ofSeconds(10));

                    assertThat(night.shop.entriesOf(night.shop::bill)).isOne();
                });
    }

    @Test
    void whenWhatIsEnabledIsNotThere_thenItIsRefused_andNothingIsLeft() {
        run(night -> {
            assertThatThrownBy(() -> night.act("card", "enable", "bulkhead", null))
                    .hasMessageContaining("Call 'card' has no bulkhead that could be enabled");
            assertThatThrownBy(() -> night.act("card", "enable", "circuit-breaker", null))
                    .hasMessageContaining("is not disabled");
            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.overlays()).isZero();
        });
    }

    @Test
    void whenNamesAreHostile_thenTheirSettingsChange_orItIsSaidWhyNot() {
        run(night -> {
            String hostile = "a.b[0]/c d\"<script>";
            try {
                night.change(hostile, "retry", Map.of("max-attempts", 5), null);
                night.shop.down(true);
                assertThat(night.shop.entriesOf(night.shop::hostile)).isEqualTo(5);
            } catch (ChangeRefusedException refusal) {
                assertThat(refusal).hasMessageContaining("cannot be written in the name of a property");
            }
            assertThatThrownBy(() -> night.change("]]", "retry", Map.of("max-attempts", 5), null))
                    .hasMessageContaining("cannot be written in the name of a property");
            assertThatThrownBy(() -> night.change("Twin", "retry", Map.of("max-attempts", 5), null))
                    .hasMessageContaining("cannot tell retry 'Twin' from 't-win'");
        });
    }

    @Test
    void whenAnotherPropertySourceIsAddedFirst_thenTheNextChangeWinsAgain() {
        run(night -> {
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), null);
            night.context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource("other", Map.of("resilience.retry.instances.bill.max-attempts", 9)));

            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 6), null);

            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(6);
        });
    }

    @Test
    void whenItsEndIsRefused_thenItStaysListed_andIsTriedAgain() {
        run(night -> {
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), Duration.ofSeconds(10));
            Map<String, Object> broken = new HashMap<>(Map.of("resilience.retry.instances.bill.max-attempts", 0));
            night.context.getEnvironment().getPropertySources().addLast(new MapPropertySource("broken", broken));

            night.timer.advance(Duration.ofSeconds(10));
            assertThat(night.changes.inForce()).hasSize(1);
            assertThat(night.told()).last().asString().startsWith("Could not end by itself: c1");
            broken.put("resilience.retry.instances.bill.max-attempts", 4);
            night.timer.advance(Duration.ofSeconds(30));

            assertThat(night.changes.inForce()).isEmpty();
            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(4);
        });
    }

    @Test
    void whenTheContextCloses_thenNothingIsLeftInItsEnvironment() {
        run(night -> {
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), Duration.ofSeconds(10));
            assertThat(night.overlays()).isOne();

            night.changes.close();

            assertThat(night.overlays()).isZero();
            assertThat(night.timer.pendingTasks()).isZero();
            assertThatThrownBy(() -> night.act("card", "reset", "circuit-breaker", null))
                    .hasMessageContaining("being stopped");
        });
    }

    @Test
    void whenContextsShareAnEnvironment_thenOneThatClosesTakesItsOwnChangesAlong() {
        run(night -> {
            LiveChanges child = new LiveChanges(
                    night.context.getBean(GuardEngine.class),
                    night.context.getBean(ResilienceRefresher.class),
                    night.context.getEnvironment(),
                    night.context.getBean(PolicyRuntime.class),
                    WallClock::system,
                    night.context);
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), null);
            child.make(new ChangeRequest(
                    "SteeredShop.bill", "change", "retry", Map.of("wait-duration", "7ms"), null, "bob"));
            assertThat(night.overlays()).isEqualTo(2);

            child.close();
            night.context.getBean(ResilienceRefresher.class).refresh();

            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(5);
            assertThat(night.value("SteeredShop.bill", "retry", "wait-duration").value())
                    .isEqualTo("0ms");
        });
    }

    @Test
    void whenAListenerOfTheApplicationThrows_thenTheChangeIsMadeAllTheSame() {
        Night.world().withBean(Night.Ears.class, () -> new Night.Ears(true)).run(context -> {
            Night night = new Night(context);
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5), null);
            assertThat(night.value("SteeredShop.bill", "retry", "max-attempts").value())
                    .isEqualTo(5);
        });
    }

    private static void run(Consumer<Night> test) {
        Night.run(test);
    }
}
