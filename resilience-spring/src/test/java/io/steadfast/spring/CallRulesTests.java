package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.steadfast.spring.GuardedCallSettings.Setting;
import io.steadfast.spring.toys.ToyLimit;
import io.steadfast.spring.toys.ToyRetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Checks that see the settings of all policies of a call. */
@ExtendWith(OutputCaptureExtension.class)
class CallRulesTests {

    private static final String TOTAL = "resilience.timeout.defaults.total=3s";

    @Test
    void whenARuleRefuses_thenTheProblemNamesTheCallAndBothOrigins() {
        withRule(Lopsided.class)
                .withPropertyValues(TOTAL)
                .run(context -> assertThat(GuardedWorld.onlyProblem(context.getStartupFailure()))
                        .isEqualTo(new StartupProblem(
                                "Call 'lopsided': one attempt may take longer than the whole call",
                                "timeout limit = 5s from @ToyLimit on Lopsided.call,"
                                        + " timeout total = 3s from \"resilience.timeout.defaults.total\" from property source"
                                        + " \"test\"",
                                "Lower limit, or raise total.")));
    }

    @Test
    void whenOtherThingsAreWrongToo_thenAllAreInOneReport() {
        withRule(Lopsided.class)
                .withPropertyValues(TOTAL)
                .withPropertyValues("resilience.retry.defaults.max-atempts=3")
                .run(context -> assertThat(GuardedWorld.problems(context.getStartupFailure()))
                        .hasSize(2));
    }

    @Test
    void whenLenient_thenARefusalOnlyWarns(CapturedOutput output) {
        withRule(Lopsided.class)
                .withPropertyValues(TOTAL)
                .withPropertyValues("resilience.validation=lenient")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("Call 'lopsided': one attempt may take longer than the whole call");
                });
    }

    @Test
    void whenARuleWarns_thenOneLineIsLoggedAndTheApplicationStarts(CapturedOutput output) {
        withRule(Patient.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(lines(output, "Call 'patient'"))
                    .as("two methods, one finding")
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("WARN")
                            .endsWith("Call 'patient': tries 4 times (retry max-attempts = 4 from @ToyRetry on"
                                    + " Patient.first) Try less."));
        });
    }

    @Test
    void whenAPolicyIsSwitchedOff_thenRulesDoNotSeeIt() {
        withRule(Lopsided.class)
                .withPropertyValues(TOTAL)
                .withPropertyValues("resilience.timeout.instances.lopsided.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whenALaterMethodHasASayInASharedPolicy_thenTheEarlierCallIsCheckedWithIt() {
        withRule(Eager.class, Late.class)
                .withPropertyValues("resilience.timeout.instances.eager.limit=1s")
                .run(context -> assertThat(GuardedWorld.problems(context.getStartupFailure()))
                        .extracting(StartupProblem::what)
                        .containsExactlyInAnyOrder(
                                "Call 'eager': is measured in sand", "Call 'Late.call': is measured in sand"));
    }

    @Test
    void whenABeanIsLazy_thenItsCallsAreCheckedWhenItIsMade() {
        withRule(LazyBean.class).withPropertyValues(TOTAL).run(context -> {
            assertThat(context).hasNotFailed();
            assertThatThrownBy(() -> context.getBean(Lopsided.class))
                    .hasRootCauseInstanceOf(InvalidResilienceException.class)
                    .rootCause()
                    .hasMessageContaining("one attempt may take longer than the whole call");
        });
    }

    @Test
    void whenARuleNeedsAGuardedBean_thenThatBeanIsGuarded() {
        GuardedWorld.of(NeedyRule.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(GuardedWorld.policies(context, "eager")).isNotEmpty();
        });
    }

    @Test
    void whenAskedForASetting_thenItsValueIsThePolicysOwn() {
        withRule(Eager.class)
                .withBean("looker", CallRule.class, () -> CallRulesTests::look)
                .withPropertyValues("resilience.timeout.instances.eager.limit=1500ms")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static void look(GuardedCallSettings call, CallRule.Findings findings) {
        assertThat(call.name()).isEqualTo("eager");
        assertThat(call.method()).isEqualTo("Eager.call()");
        assertThat(call.places()).containsExactly("retry", "timeout");
        assertThat(call.find("timeout", "limit", Duration.class)).hasValueSatisfying(limit -> {
            assertThat(limit.value()).isEqualTo(Duration.ofMillis(1500));
            assertThat(limit.isChosen()).isTrue();
            assertThat(limit.describe()).isEqualTo("timeout limit = 1500ms");
        });
        assertThat(call.find("timeout", "owner", String.class))
                .as("the method's own")
                .map(Setting::value)
                .contains("ann");
        assertThat(call.find("retry", "max-attempts", Integer.class)).hasValueSatisfying(attempts -> {
            assertThat(attempts.value()).isEqualTo(3);
            assertThat(attempts.isChosen()).isFalse();
        });
        assertThat(call.find("timeout", "total", Duration.class)).as("no value").isEmpty();
        assertThat(call.find("timeout", "limit", Integer.class))
                .as("another type")
                .isEmpty();
        assertThat(call.find("timeout", "colour", String.class))
                .as("no such key")
                .isEmpty();
        assertThat(call.find("circuit-breaker", "sliding-window-size", Integer.class))
                .as("no such policy")
                .isEmpty();
    }

    private static List<String> lines(CapturedOutput output, String part) {
        return output.toString().lines().filter(line -> line.contains(part)).toList();
    }

    private static ApplicationContextRunner withRule(Class<?>... beans) {
        return GuardedWorld.of(beans).withBean("rule", CallRule.class, () -> CallRulesTests::check);
    }

    private static void check(GuardedCallSettings call, CallRule.Findings findings) {
        Optional<Setting<Duration>> limit = call.find("timeout", "limit", Duration.class);
        Optional<Setting<Duration>> total = call.find("timeout", "total", Duration.class);
        if (limit.isPresent()
                && total.isPresent()
                && limit.get().value().compareTo(total.get().value()) > 0) {
            findings.refuse(
                    "one attempt may take longer than the whole call",
                    "Lower limit, or raise total.",
                    limit.get(),
                    total.get());
        }
        call.find("timeout", "unit", String.class)
                .filter(Setting::isChosen)
                .ifPresent(unit -> findings.refuse("is measured in " + unit.value(), "Use a clock.", unit));
        call.find("retry", "max-attempts", Integer.class)
                .filter(attempts -> attempts.value() > 3)
                .ifPresent(attempts -> findings.warn("tries " + attempts.value() + " times", "Try less.", attempts));
    }

    static class Lopsided {

        @ToyLimit(value = "lopsided", limit = "5s", owner = "ann")
        public void call() {}
    }

    static class Patient {

        @ToyRetry(value = "patient", maxAttempts = 4)
        public void first() {}

        @ToyRetry("patient")
        public void second() {}
    }

    static class Eager {

        @ToyLimit(value = "eager", owner = "ann")
        @ToyRetry("eager")
        public void call() {}
    }

    static class Late {

        @ToyLimit(value = "eager", unit = "sand", owner = "ben")
        @ToyRetry("late")
        public void call() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyBean {

        @Bean
        @Lazy
        Lopsided lazy() {
            return new Lopsided();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedyRule {

        @Bean
        CallRule needy(Eager eager) {
            return (call, findings) -> eager.call();
        }

        @Bean
        Eager eager() {
            return new Eager();
        }
    }
}
