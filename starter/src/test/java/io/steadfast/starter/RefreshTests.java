package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.CallRequest;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.NamedCall;
import io.steadfast.spring.NamedCalls;
import io.steadfast.spring.RefreshParticipant;
import io.steadfast.spring.RefreshResult;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.SettingChange;
import io.steadfast.spring.StartupProblem;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;

/** Properties that change while the application runs: as a difference, as a whole or not at all. */
@ExtendWith(OutputCaptureExtension.class)
class RefreshTests {

    private final Map<String, Object> live = new LinkedHashMap<>();

    private final ApplicationContextRunner application = Steadfast.application(RefreshedShop.class)
            .withPropertyValues(
                    "resilience.retry.defaults.wait-duration=0", "resilience.retry.defaults.budget.enabled=false")
            .withInitializer(context ->
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)));

    @Test
    void whenASettingChanges_thenItHoldsAndNothingElseIsTouched() {
        running((context, shop) -> {
            Policy stock = policy(context, "stock", "retry");
            Policy price = policy(context, "price", "retry");

            RefreshResult result = change(context, "resilience.retry.instances.stock.max-attempts", 5);

            assertThat(result.problems()).isEmpty();
            assertThat(result.changes())
                    .containsExactly(new SettingChange(
                            "retry",
                            "stock",
                            "max-attempts",
                            3,
                            5,
                            "\"resilience.retry.instances.stock.max-attempts\" from property source \"live\""));
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(5);
            assertThat(policy(context, "stock", "retry")).isNotSameAs(stock);
            assertThat(policy(context, "price", "retry")).isSameAs(price);
        });
    }

    @Test
    void whenASettingChanges_thenListenersHearOfIt() {
        RecordingListener heard = new RecordingListener();
        application.withBean(ResilienceListener.class, () -> heard).run(context -> {
            change(context, "resilience.retry.instances.stock.max-attempts", 5);

            assertThat(heard.events()).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(PolicyEvent.Kind.RECONFIGURED);
                assertThat(event.policy()).isEqualTo(new PolicyId("retry", "stock"));
                assertThat(event.detail()).startsWith("max-attempts from 3 to 5 (");
            });
        });
    }

    @Test
    void whenNothingHasChanged_thenNothingIsDone() {
        running((context, shop) -> {
            Policy before = policy(context, "stock", "retry");
            assertThat(context.getBean(ResilienceRefresher.class).refresh())
                    .isEqualTo(new RefreshResult(List.of(), List.of()));
            assertThat(policy(context, "stock", "retry")).isSameAs(before);
        });
    }

    @Test
    void whenOneValueIsBad_thenTheGoodOnesAreNotTakenEither() {
        running((context, shop) -> {
            live.put("resilience.retry.instances.stock.max-attempts", 5);
            RefreshResult result = change(context, "resilience.retry.instances.price.max-attempts", 0);

            assertThat(result.isRefused()).isTrue();
            assertThat(result.changes()).isEmpty();
            assertThat(result.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.describe())
                            .contains("retry 'price': max-attempts must be at least 1")
                            .contains("max-attempts = 0 from")
                            .contains("live"));
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(3);
            assertThat(shop.entriesOf(shop::price)).isEqualTo(3);
            assertThat(shown(context, "price", "retry", "max-attempts")).isEqualTo(3);

            assertThat(change(context, "resilience.retry.instances.price.max-attempts", 2)
                            .isRefused())
                    .isFalse();
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(5);
            assertThat(shop.entriesOf(shop::price)).isEqualTo(2);
        });
    }

    @Test
    void whenAKeyIsUnknownOrANameIsASlip_thenTheChangeIsRefused() {
        running((context, shop) -> {
            assertThat(change(context, "resilience.retry.instances.stock.max-atempts", 5)
                            .problems())
                    .extracting(StartupProblem::action)
                    .containsExactly("Did you mean max-attempts?");
            live.clear();
            assertThat(change(context, "resilience.retry.instances.stok.max-attempts", 5)
                            .problems())
                    .extracting(StartupProblem::what)
                    .containsExactly("'stock' is not configured, and nothing uses resilience.retry.instances.stok");
            live.clear();
            assertThat(context.getBean(ResilienceRefresher.class).refresh().isRefused())
                    .isFalse();
        });
    }

    @Test
    void whenAParticipantObjects_thenNothingIsChanged() {
        application
                .withBean(RefreshParticipant.class, () -> () -> {
                    throw new InvalidResilienceException(List.of(new StartupProblem("no", "here", "Stop.")));
                })
                .run(context -> {
                    assertThat(change(context, "resilience.retry.instances.stock.max-attempts", 5)
                                    .problems())
                            .containsExactly(new StartupProblem("no", "here", "Stop."));
                    RefreshedShop shop = context.getBean(RefreshedShop.class);
                    assertThat(shop.entriesOf(shop::stock)).isEqualTo(3);
                });
    }

    @Test
    void whenAParticipantAgrees_thenItsChangeHappensWithTheOthers() {
        AtomicInteger done = new AtomicInteger();
        application
                .withBean(RefreshParticipant.class, () -> () -> done::incrementAndGet)
                .run(context -> {
                    assertThat(change(context, "resilience.retry.instances.stock.max-attempts", 0)
                                    .isRefused())
                            .isTrue();
                    assertThat(done).hasValue(0);
                    assertThat(change(context, "resilience.retry.instances.stock.max-attempts", 2)
                                    .isRefused())
                            .isFalse();
                    assertThat(done).hasValue(1);
                });
    }

    @Test
    void whenSwitchedOffAndOnAgain_thenThePolicyGoesAndComesBack() {
        running((context, shop) -> {
            change(context, "resilience.retry.instances.stock.enabled", false);
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(1);
            assertThat(policies(context, "stock")).doesNotContain("retry 'stock'");

            change(context, "resilience.retry.instances.stock.enabled", true);
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(3);

            change(context, "resilience.enabled", "fallback-only");
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(1);
            change(context, "resilience.enabled", true);
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(3);
        });
    }

    @Test
    void whenAnOpenBreakerIsTuned_thenItStaysOpen() {
        running((context, shop) -> {
            live.put("resilience.circuit-breaker.instances.card.minimum-number-of-calls", 2);
            assertThat(change(context, "resilience.circuit-breaker.instances.card.sliding-window-size", 4)
                            .isRefused())
                    .isFalse();
            for (int call = 0; call < 2; call++) {
                assertThatThrownBy(shop::card).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(shop::card).isInstanceOf(CircuitOpenException.class);

            change(context, "resilience.circuit-breaker.instances.card.failure-rate-threshold", 60);

            assertThatThrownBy(shop::card).isInstanceOf(CircuitOpenException.class);
        });
    }

    @Test
    void whenABreakerIsSwitchedOffAndOn_thenItWorksAgain() {
        running((context, shop) -> {
            for (Object enabled : List.of(false, true, false, true)) {
                assertThat(change(context, "resilience.circuit-breaker.instances.card.enabled", enabled)
                                .problems())
                        .isEmpty();
                assertThat(policies(context, "card").contains("circuit-breaker 'card'"))
                        .isEqualTo(enabled);
                assertThatThrownBy(shop::card).isInstanceOf(IOException.class);
            }
        });
    }

    @Test
    void whenANameGetsPolicies_thenTheyTakeThePlaceOfTheStandardSet() {
        running((context, shop) -> {
            assertThat(policies(context, "parcel"))
                    .containsExactly(
                            "timeout.total 'parcel'", "retry 'parcel'", "circuit-breaker 'parcel'", "timeout 'parcel'");

            change(context, "resilience.bulkhead.instances.parcel.max-concurrent-calls", 7);
            assertThat(policies(context, "parcel")).containsExactly("bulkhead 'parcel'");

            live.clear();
            context.getBean(ResilienceRefresher.class).refresh();
            assertThat(policies(context, "parcel"))
                    .containsExactly(
                            "timeout.total 'parcel'", "retry 'parcel'", "circuit-breaker 'parcel'", "timeout 'parcel'");
            assertThat(shown(context, "parcel", "timeout", "limit")).hasToString("2s");
        });
    }

    @Test
    void whenTheOrderOrWhatACallIgnoresChanges_thenItHolds() {
        running((context, shop) -> {
            change(context, "resilience.calls.price.order", "retry,fallback");
            assertThat(policies(context, "price")).containsExactly("retry 'price'", "fallback 'price'");

            change(context, "resilience.calls.stock.ignore-exceptions", FileNotFoundException.class.getName());
            shop.failWith(new FileNotFoundException());
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(1);
        });
    }

    @Test
    void whenAFallbacksFilterChanges_thenItHolds() {
        running((context, shop) -> {
            assertThat(shop.price()).isEqualTo("about ten");
            change(context, "resilience.fallback.instances.price.ignore-exceptions", IOException.class.getName());
            assertThatThrownBy(shop::price).isInstanceOf(IOException.class);
            live.clear();
            context.getBean(ResilienceRefresher.class).refresh();
            assertThat(shop.price()).isEqualTo("about ten");
        });
    }

    @Test
    void whenAnAnnotationSaysIt_thenDefaultsThatChangeDoNotWin() {
        running((context, shop) -> {
            change(context, "resilience.retry.defaults.max-attempts", 9);
            assertThat(shop.entriesOf(shop::tuned)).isEqualTo(4);
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(9);
        });
    }

    @Test
    void whenACallIsNoMethod_thenItFollowsToo() {
        running((context, shop) -> {
            NamedCall call = context.getBean(NamedCalls.class).guard(CallRequest.with("till", "the till", "retry"));
            assertThat(entriesOf(call)).isEqualTo(3);
            change(context, "resilience.retry.instances.till.max-attempts", 2);
            assertThat(entriesOf(call)).isEqualTo(2);
            change(context, "resilience.retry.instances.till.enabled", false);
            assertThat(entriesOf(call)).isEqualTo(1);
        });
    }

    @Test
    void whenABeanIsMadeAfterAChange_thenItIsGuardedByWhatHoldsNow() {
        application
                .withBean(Late.class, Late::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    change(context, "resilience.retry.defaults.max-attempts", 6);
                    Late late = context.getBean(Late.class);
                    assertThatThrownBy(late::call).isInstanceOf(IOException.class);
                    assertThat(late.entries()).isEqualTo(6);

                    change(context, "resilience.retry.defaults.max-attempts", 2);
                    assertThatThrownBy(late::call).isInstanceOf(IOException.class);
                    assertThat(late.entries()).isEqualTo(2);
                });
    }

    @Test
    void whenAMethodWasUnguardedAtTheStart_thenItStaysSoAndTheLogSaysIt(CapturedOutput output) {
        live.put("resilience.retry.instances.stock.enabled", false);
        running((context, shop) -> {
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(1);
            change(context, "resilience.retry.instances.stock.enabled", true);
            assertThat(shop.entriesOf(shop::stock)).isEqualTo(1);
            assertThat(output)
                    .contains("RefreshedShop.stock() would be guarded now, but was not when its bean was made");
        });
    }

    @Test
    void whenManyChangesFollow_thenEachHolds() {
        running((context, shop) -> {
            for (int attempts = 1; attempts <= 50; attempts++) {
                change(context, "resilience.retry.instances.stock.max-attempts", attempts);
                assertThat(shop.entriesOf(shop::stock)).isEqualTo(attempts);
            }
        });
    }

    private static int entriesOf(NamedCall call) {
        AtomicInteger entries = new AtomicInteger();
        assertThatThrownBy(() -> call.pipeline().call(() -> {
                    entries.incrementAndGet();
                    throw new IOException("down");
                }))
                .isInstanceOf(IOException.class);
        return entries.get();
    }

    private void running(Scenario test) {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            test.play(context, context.getBean(RefreshedShop.class));
        });
    }

    private RefreshResult change(AssertableApplicationContext context, String key, Object value) {
        live.put(key, value);
        return context.getBean(ResilienceRefresher.class).refresh();
    }

    private static List<String> policies(AssertableApplicationContext context, String call) {
        return pipeline(context, call).stream()
                .map(policy -> policy.id().toString())
                .toList();
    }

    private static Policy policy(AssertableApplicationContext context, String call, String place) {
        return guarded(context, call, place).slot().policy();
    }

    private static Object shown(AssertableApplicationContext context, String call, String place, String key) {
        return guarded(context, call, place).values().get(key).value();
    }

    private static GuardedPolicy guarded(AssertableApplicationContext context, String call, String place) {
        return pipeline(context, call).stream()
                .filter(policy -> policy.id().policy().equals(place))
                .findFirst()
                .orElseThrow();
    }

    private static List<GuardedPolicy> pipeline(AssertableApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class)
                .find(call)
                .map(GuardedCall::pipeline)
                .orElse(List.of());
    }

    interface Scenario {

        void play(AssertableApplicationContext context, RefreshedShop shop) throws Exception;
    }

    static class Late {

        private final AtomicInteger entries = new AtomicInteger();

        @Retry("late")
        public void call() throws IOException {
            entries.incrementAndGet();
            throw new IOException("down");
        }

        public int entries() {
            return entries.getAndSet(0);
        }
    }
}
