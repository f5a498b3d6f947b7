package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.PolicyId;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.Resilient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which policies a call gets, in which order, with whose values, and how to switch them off. */
@ExtendWith(OutputCaptureExtension.class)
class SwitchesAndSetsTests {

    @Test
    void whenNothingIsConfigured_thenResilientBringsTheStandardSet() {
        Steadfast.application(Inventory.class)
                .run(context -> assertThat(policies(context, "inventory"))
                        .containsExactly(
                                "timeout.total 'inventory'",
                                "retry 'inventory'",
                                "circuit-breaker 'inventory'",
                                "timeout 'inventory'"));
    }

    @Test
    void whenPoliciesAreConfiguredUnderTheName_thenResilientBringsThose() {
        Steadfast.application(Inventory.class)
                .withPropertyValues("resilience.retry.instances.inventory.max-attempts=5")
                .run(context -> assertThat(policies(context, "inventory")).containsExactly("retry 'inventory'"));
    }

    @Test
    void whenWhatIsConfiguredTakesThePlaceOfTheStandardSet_thenTheLogSaysWhatIsMissing(CapturedOutput output) {
        Steadfast.application(Inventory.class)
                .withPropertyValues("resilience.retry.instances.inventory.max-attempts=5")
                .run(context -> assertThat(output)
                        .contains("'inventory' has retry, which is configured under its name, and so no")
                        .contains("no timeout")
                        .contains("no circuit-breaker"));
        assertThat(output.getOut().split("'inventory' has retry")).hasSize(2);
    }

    @Test
    void whenAnAnnotationStandsBesideResilient_thenItJoinsTheSetUnderItsName() {
        Steadfast.application(Tuned.class).run(context -> {
            assertThat(policies(context, "tuned"))
                    .containsExactly(
                            "fallback 'tuned'",
                            "timeout.total 'tuned'",
                            "retry 'tuned'",
                            "circuit-breaker 'tuned'",
                            "timeout 'tuned'");
            assertThat(value(context, "tuned", "retry", "max-attempts"))
                    .isEqualTo(new EffectiveValue(7, "@Retry on Tuned.call"));
        });
    }

    @Test
    void whenBothSpeak_thenTheInstancesPropertyWinsOverTheAnnotation() {
        Steadfast.application(Tuned.class)
                .withPropertyValues(
                        "resilience.retry.instances.tuned.max-attempts=4",
                        "resilience.retry.defaults.max-attempts=9",
                        "resilience.retry.defaults.wait-duration=7ms")
                .run(context -> {
                    assertThat(value(context, "tuned", "retry", "max-attempts").value())
                            .isEqualTo(4);
                    assertThat(value(context, "tuned", "retry", "wait-duration").value())
                            .hasToString("7ms");
                    assertThat(value(context, "tuned", "retry", "jitter").origin())
                            .isEqualTo(EffectiveValue.BUILT_IN);
                });
    }

    @Test
    void whenAnOrderIsGiven_thenItIsThePipelines() {
        Steadfast.application(Tuned.class)
                .withPropertyValues("resilience.calls.tuned.order=circuit-breaker,timeout,timeout.total,retry,fallback")
                .run(context -> assertThat(policies(context, "tuned"))
                        .containsExactly(
                                "circuit-breaker 'tuned'",
                                "timeout 'tuned'",
                                "timeout.total 'tuned'",
                                "retry 'tuned'",
                                "fallback 'tuned'"));
    }

    @Test
    void whenAnOrderForgetsAPolicyTheCallUses_thenRefused() {
        Steadfast.application(Tuned.class)
                .withPropertyValues("resilience.order=retry,timeout.total,timeout,fallback")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageContaining("has no place for circuit-breaker"));
    }

    @Test
    void whenSwitchedOff_thenOnlyThatInstanceIsLeftOut() {
        Steadfast.application(Tuned.class)
                .withPropertyValues("resilience.retry.instances.tuned.enabled=false")
                .run(context -> assertThat(policies(context, "tuned"))
                        .containsExactly(
                                "fallback 'tuned'",
                                "timeout.total 'tuned'",
                                "circuit-breaker 'tuned'",
                                "timeout 'tuned'"));
    }

    @Test
    void whenAllIsSwitchedOff_thenBeansAreLeftAlone() {
        Steadfast.application(Tuned.class)
                .withPropertyValues("resilience.enabled=false")
                .run(context ->
                        assertThat(context.getBean(Tuned.class).getClass()).isSameAs(Tuned.class));
    }

    @Test
    void whenFallbackOnly_thenTheFallbackStillAnswers() {
        Steadfast.application(Tuned.class)
                .withPropertyValues("resilience.enabled=fallback-only")
                .run(context -> {
                    assertThat(policies(context, "tuned")).containsExactly("fallback 'tuned'");
                    assertThat(context.getBean(Tuned.class).call()).isEqualTo("stand-in");
                });
    }

    @Test
    void whenAFailureIsIgnoredByTheCall_thenNoPolicyTouchesIt() {
        Steadfast.application(Lookup.class)
                .withPropertyValues("resilience.calls.lookup.ignore-exceptions=java.io.FileNotFoundException")
                .run(context -> {
                    Lookup lookup = context.getBean(Lookup.class);
                    assertThatThrownBy(() -> lookup.find(new FileNotFoundException("none")))
                            .isInstanceOf(FileNotFoundException.class)
                            .hasNoSuppressedExceptions();
                    assertThat(lookup.entered()).isEqualTo(1);
                    assertThat(lookup.find(new IOException("down"))).isEqualTo("stand-in");
                    assertThat(lookup.entered()).isEqualTo(4);
                });
    }

    @Test
    void whenTheBreakerOpens_thenRetriesStopAndTheFallbackAnswers() {
        Steadfast.application(Broken.class)
                .withPropertyValues(
                        "resilience.circuit-breaker.instances.broken.minimum-number-of-calls=4",
                        "resilience.circuit-breaker.instances.broken.sliding-window-size=4",
                        "resilience.circuit-breaker.instances.broken.sliding-window-type=COUNT_BASED")
                .run(context -> {
                    Broken broken = context.getBean(Broken.class);
                    assertThatThrownBy(broken::call).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(broken::call)
                            .isInstanceOf(IllegalStateException.class)
                            .satisfies(failure -> assertThat(failure.getSuppressed())
                                    .hasAtLeastOneElementOfType(CircuitOpenException.class));
                    assertThatThrownBy(broken::call).isInstanceOfSatisfying(CircuitOpenException.class, refusal -> {
                        assertThat(refusal.callName()).isEqualTo("broken");
                        assertThat(refusal.retryAfter()).isPresent();
                        assertThat(refusal.getStackTrace()).isEmpty();
                    });
                    assertThat(broken.entered()).isEqualTo(4);
                });
    }

    private static List<String> policies(AssertableApplicationContext context, String call) {
        return pipeline(context, call).stream()
                .map(GuardedPolicy::id)
                .map(PolicyId::toString)
                .toList();
    }

    private static EffectiveValue value(AssertableApplicationContext context, String call, String policy, String key) {
        return pipeline(context, call).stream()
                .filter(guarded -> guarded.id().policy().equals(policy))
                .map(guarded -> guarded.values().get(key))
                .findFirst()
                .orElseThrow();
    }

    private static List<GuardedPolicy> pipeline(AssertableApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class)
                .find(call)
                .map(GuardedCall::pipeline)
                .orElseThrow();
    }

    static class Inventory {

        @Resilient("inventory")
        public String call() {
            return "answer";
        }
    }

    static class Tuned {

        @Resilient("tuned")
        @Retry(maxAttempts = 7)
        @Fallback(method = "standIn")
        public String call() {
            throw new IllegalStateException("down");
        }

        private String standIn() {
            return "stand-in";
        }
    }

    static class Lookup {

        private int entered;

        @Retry("lookup")
        @CircuitBreaker("lookup")
        @Fallback(value = "lookup", method = "standIn")
        public String find(Exception failure) throws Exception {
            entered++;
            throw failure;
        }

        public int entered() {
            return entered;
        }

        private String standIn() {
            return "stand-in";
        }
    }

    static class Broken {

        private int entered;

        @Retry("broken")
        @CircuitBreaker("broken")
        public void call() {
            entered++;
            throw new IllegalStateException("down");
        }

        public int entered() {
            return entered;
        }
    }
}
