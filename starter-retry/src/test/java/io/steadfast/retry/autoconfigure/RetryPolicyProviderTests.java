package io.steadfast.retry.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.retry.BackoffType;
import io.steadfast.retry.Retry;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.retry.autoconfigure.RetryProperties.Settings;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class RetryPolicyProviderTests {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    private final RetryPolicyProvider provider = new RetryPolicyProvider();

    @Test
    void whenAsked_thenItPlugsRetryIntoTheStandardSet() {
        assertThat(provider.policy()).isEqualTo("retry");
        assertThat(provider.annotation()).isEqualTo(Retry.class);
        assertThat(provider.settings()).isEqualTo(Settings.class);
        assertThat(provider.standard()).isTrue();
        assertThat(provider.perMethod()).isFalse();
    }

    @Test
    void whenNothingIsSet_thenSettingsAndPlainJavaHaveTheSameDefaults() {
        assertThat(created(settings -> {}).config()).isEqualTo(RetryConfig.defaults());
    }

    @Test
    void whenEverythingIsSet_thenEverythingReachesThePolicy() {
        RetryPolicy policy = created(settings -> {
            settings.setMaxAttempts(5);
            settings.setWaitDuration(Duration.ofMillis(20));
            settings.setBackoff(BackoffType.FIXED);
            settings.setExponentialBackoffMultiplier(3);
            settings.setExponentialMaxWaitDuration(Duration.ofSeconds(1));
            settings.setJitter("0.25");
            settings.setMaxDuration(Duration.ofSeconds(4));
            settings.setRetryExceptions(List.of(IOException.class));
            settings.setIgnoreExceptions(List.of(IllegalStateException.class));
            settings.setRetryAfterElements(true);
            settings.getBudget().setRatio(0.5);
            settings.getBudget().setReservePerSecond(2);
            settings.getBudget().setWindow(Duration.ofSeconds(30));
        });

        assertThat(policy.config())
                .isEqualTo(new RetryConfig(
                        5,
                        Duration.ofMillis(20),
                        BackoffType.FIXED,
                        3,
                        Duration.ofSeconds(1),
                        0.25,
                        Duration.ofSeconds(4),
                        new FailureFilter(List.of(IOException.class), List.of(IllegalStateException.class)),
                        null,
                        true,
                        new RetryBudgetConfig(0.5, 2, Duration.ofSeconds(30))));
        assertThat(policy.id()).isEqualTo(new PolicyId("retry", "stock"));
    }

    @Test
    void whenTheBudgetIsSwitchedOff_thenThereIsNone() {
        assertThat(created(settings -> settings.getBudget().setEnabled(false)).budget())
                .isEmpty();
    }

    @Test
    void whenJitterIsAWord_thenItIsUnderstood() {
        assertThat(created(settings -> settings.setJitter("none")).config().jitter())
                .isZero();
        assertThat(created(settings -> settings.setJitter("FULL")).config().jitter())
                .isEqualTo(1);
        assertThat(created(settings -> settings.setJitter(" 0.5 ")).config().jitter())
                .isEqualTo(0.5);
    }

    @Test
    void whenJitterIsNonsense_thenItIsRefused() {
        for (String nonsense : List.of("some", "1.1", "-0.1", "NaN")) {
            refused(
                    settings -> settings.setJitter(nonsense),
                    "jitter must be full, none, or a number between 0 and 1, but is '" + nonsense + "'");
        }
    }

    @Test
    void whenAKeyHasNoValue_thenItIsRefused() {
        refused(settings -> settings.setWaitDuration(null), "wait-duration has no value");
        refused(settings -> settings.setBackoff(null), "backoff has no value");
        refused(settings -> settings.setJitter(""), "jitter has no value");
        refused(settings -> settings.setExponentialMaxWaitDuration(null), "exponential-max-wait-duration has no value");
        refused(settings -> settings.getBudget().setWindow(null), "budget.window has no value");
    }

    @Test
    void whenSettingsAreWrongInSeveralPlaces_thenAllAreReportedAtOnce() {
        refused(
                settings -> {
                    settings.setJitter("some");
                    settings.setMaxAttempts(0);
                    settings.setResultPredicate("isBusy");
                    settings.getBudget().setRatio(-1);
                },
                "jitter must be full, none, or a number between 0 and 1, but is 'some'; "
                        + "result-predicate names 'isBusy', but there is neither a bean nor a class of that name; "
                        + "there is no Predicate bean; "
                        + "budget.ratio must be between 0.0 and 1000.0, but is -1.0; "
                        + "max-attempts must be at least 1, but is 0");
    }

    @Test
    void whenAResultPredicateNamesABean_thenTheBeanIsAsked() {
        Predicate<Object> busy = "busy"::equals;
        beans.registerSingleton("isBusy", busy);

        assertThat(created(settings -> settings.setResultPredicate("isBusy"))
                        .config()
                        .resultPredicate())
                .isSameAs(busy);
    }

    @Test
    void whenAResultPredicateNamesAClass_thenAnInstanceOfItIsAsked() {
        assertThat(created(settings -> settings.setResultPredicate(IsBusy.class.getName()))
                        .config()
                        .resultPredicate())
                .isInstanceOf(IsBusy.class);
    }

    @Test
    void whenAResultPredicateIsMissing_thenTheRefusalListsTheCandidates() {
        beans.registerSingleton("isEmpty", (Predicate<Object>) "empty"::equals);
        beans.registerSingleton("isBusy", (Predicate<Object>) "busy"::equals);

        refused(
                settings -> settings.setResultPredicate("isBussy"),
                "result-predicate names 'isBussy', but there is neither a bean nor a class of that name; the Predicate "
                        + "beans are isBusy, isEmpty");
    }

    @Test
    void whenAResultPredicateIsOfAnotherType_thenItIsRefused() {
        beans.registerSingleton("busy", "busy");

        refused(
                settings -> settings.setResultPredicate("busy"),
                "result-predicate names the bean 'busy', which is a java.lang.String and no java.util.function.Predicate;"
                        + " there is no Predicate bean");
        refused(
                settings -> settings.setResultPredicate("java.lang.String"),
                "result-predicate names the class java.lang.String, which is no java.util.function.Predicate; there is "
                        + "no Predicate bean");
    }

    @Test
    void whenAResultPredicateClassCannotBeMade_thenItIsRefused() {
        refused(
                settings -> settings.setResultPredicate(NeedsAWord.class.getName()),
                "result-predicate names the class " + NeedsAWord.class.getName()
                        + ", of which no instance can be made without arguments; there is no Predicate bean");
    }

    @Test
    void whenSettingsChange_thenTheBudgetGoesOnIfItsOwnAreTheSame() {
        RetryPolicy first = created(settings -> {});
        first.budget().orElseThrow().tryWithdraw();

        RetryPolicy next = changed(first, settings -> settings.setMaxAttempts(7));

        assertThat(next.config().maxAttempts()).isEqualTo(7);
        assertThat(next.budget()).isEqualTo(first.budget());
        assertThat(next.budgetBalance()).isEqualTo(99);
    }

    @Test
    void whenTheBudgetsSettingsChange_thenItIsFull() {
        RetryPolicy first = created(settings -> {});
        first.budget().orElseThrow().tryWithdraw();

        RetryPolicy larger = changed(first, settings -> settings.getBudget().setReservePerSecond(20));
        RetryPolicy without = changed(larger, settings -> settings.getBudget().setEnabled(false));

        assertThat(larger.budgetBalance()).isEqualTo(200);
        assertThat(without.budget()).isEmpty();
        assertThat(changed(without, settings -> {}).budgetBalance()).isEqualTo(100);
        assertThat(first.budgetBalance()).isEqualTo(99);
    }

    private RetryPolicy created(Consumer<Settings> change) {
        return (RetryPolicy) provider.create(request(change));
    }

    private RetryPolicy changed(RetryPolicy before, Consumer<Settings> change) {
        Succession succession = provider.succeed(request(change), before);
        succession.takeOver().run();
        return (RetryPolicy) succession.policy();
    }

    private PolicyRequest<Retry, Settings> request(Consumer<Settings> change) {
        Settings settings = new Settings();
        change.accept(settings);
        return new PolicyRequest<>(
                new PolicyId("retry", "stock"),
                settings,
                null,
                new GuardedMethod("stock", Object.class, Object.class.getMethods()[0]),
                PolicyRuntime.system(),
                beans,
                (beanName, beanClass, method, plain) -> plain);
    }

    private void refused(Consumer<Settings> change, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> created(change))
                .withMessage(text);
    }

    static final class IsBusy implements Predicate<String> {

        @Override
        public boolean test(String result) {
            return "busy".equals(result);
        }
    }

    static final class NeedsAWord implements Predicate<String> {

        private final String word;

        NeedsAWord(String word) {
            this.word = word;
        }

        @Override
        public boolean test(String result) {
            return word.equals(result);
        }
    }
}
