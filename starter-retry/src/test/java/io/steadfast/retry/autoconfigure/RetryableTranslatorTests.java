package io.steadfast.retry.autoconfigure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;

import io.steadfast.core.time.Ticker;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;

/** Spring Framework's annotation, read as ours where the application asks for it. */
class RetryableTranslatorTests {

    private final ApplicationContextRunner off = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class, RetryAutoConfiguration.class))
            .withUserConfiguration(Time.class);

    private final ApplicationContextRunner on = off.withPropertyValues("resilience.spring-annotations.enabled=true");

    @Test
    void whenNobodyAsks_thenTheAnnotationIsLeftAlone() {
        off.withBean(Stock.class)
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(Stock.class)))
                        .isFalse());
    }

    @Test
    void whenAMethodIsAnnotated_thenItIsRetriedWithTheDefaultsThatItHadThere() {
        on.withBean(Stock.class)
                .withPropertyValues(
                        "resilience.retry.defaults.max-attempts=9", "resilience.retry.defaults.wait-duration=1ms")
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);

                    assertThatThrownBy(stock::plain).hasMessage("attempt 4");
                    assertThat(sleeps(context))
                            .containsOnly(Duration.ofSeconds(1))
                            .hasSize(3);
                });
    }

    @Test
    void whenWaitsGrow_thenTheyAreThoseOfBefore() {
        on.withBean(Stock.class).run(context -> {
            assertThatThrownBy(context.getBean(Stock.class)::growing).hasMessage("attempt 5");
            assertThat(sleeps(context))
                    .containsExactly(
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(6),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10));
        });
    }

    @Test
    void whenNoRetryIsLeftInTheTimeout_thenThereIsNone() {
        on.withBean(Stock.class).run(context -> {
            assertThatThrownBy(context.getBean(Stock.class)::hurried).hasMessage("attempt 3");
            assertThat(sleeps(context)).hasSize(2);
        });
    }

    @Test
    void whenWaitsAreUnlimited_thenTheyMayGrowButTheTargetMayNotAskForLonger() {
        on.withBean(Stock.class).run(context -> {
            assertThat(shown(context, "Stock.unlimited", "exponential-max-wait-duration"))
                    .hasToString("8s");
            assertThat(shown(context, "Stock.plain", "exponential-max-wait-duration"))
                    .hasToString("5s");
            assertThat(shown(context, "Stock.forever", "exponential-max-wait-duration"))
                    .hasToString("106751991167d");
            assertThat(shown(context, "Stock.forever", "max-attempts")).isEqualTo(Integer.MAX_VALUE);
        });
    }

    @Test
    void whenThereIsJitter_thenItIsTheRandomPartOfAWait() {
        on.withBean(Stock.class).run(context -> {
            assertThat(shown(context, "Stock.plain", "jitter")).isEqualTo("0.0");
            assertThat(shown(context, "Stock.jittered", "jitter")).isEqualTo("0.25");
            assertThat(shown(context, "Stock.veryJittered", "jitter")).isEqualTo("1.0");
            assertThat(shown(context, "Stock.onlyJitter", "jitter")).isEqualTo("1.0");
            assertThat(shown(context, "Stock.onlyJitter", "wait-duration")).hasToString("40ms");
        });
    }

    @Test
    void whenTextsHavePlaceholders_thenTheyAreResolved() {
        on.withBean(Texts.class)
                .withPropertyValues("shop.retries=1", "shop.wait=3")
                .run(context -> {
                    assertThatThrownBy(context.getBean(Texts.class)::call).hasMessage("attempt 2");
                    assertThat(sleeps(context)).containsExactly(Duration.ofSeconds(3));
                    assertThat(shown(context, "Texts.call", "exponential-backoff-multiplier"))
                            .isEqualTo(3.0);
                    assertThat(shown(context, "Texts.call", "exponential-max-wait-duration"))
                            .hasToString("1m");
                    assertThat(shown(context, "Texts.call", "max-duration")).hasToString("90s");
                    assertThat(shown(context, "Texts.call", "jitter")).isEqualTo("0.0");
                });
    }

    @Test
    void whenTimesAreBelowAMillisecond_thenTheyAreNone() {
        on.withBean(Questionable.class)
                .withPropertyValues("shop.wait=500us", "shop.jitter=300us")
                .run(context -> {
                    assertThat(shown(context, "Questionable.call", "wait-duration"))
                            .hasToString("0ms");
                    assertThat(shown(context, "Questionable.call", "jitter")).isEqualTo("0.0");
                });
    }

    @Test
    void whenExceptionsAreListed_thenTheListsCount() {
        on.withBean(Listed.class).run(context -> {
            Listed listed = context.getBean(Listed.class);
            assertThatThrownBy(() -> listed.call(new IOException("included")))
                    .satisfies(any -> assertThat(listed.attempts()).isEqualTo(4));
            assertThatThrownBy(() -> listed.call(new FileNotFoundException("excluded")))
                    .satisfies(any -> assertThat(listed.attempts()).isEqualTo(5));
            assertThatThrownBy(() -> listed.call(new IllegalStateException("neither")))
                    .satisfies(any -> assertThat(listed.attempts()).isEqualTo(6));
        });
    }

    @Test
    void whenTheInstanceIsConfigured_thenItsPropertiesWin() {
        on.withBean(Stock.class)
                .withPropertyValues("resilience.retry.instances.[Stock.plain].max-attempts=2")
                .run(context ->
                        assertThatThrownBy(context.getBean(Stock.class)::plain).hasMessage("attempt 2"));
    }

    @Test
    void whenTheClassIsAnnotated_thenItsMethodsAreRetriedEachByItself() {
        on.withBean(OnClass.class).run(context -> {
            assertThat(shown(context, "OnClass.one", "max-attempts")).isEqualTo(2);
            assertThat(shown(context, "OnClass.other(int)", "max-attempts")).isEqualTo(2);
            assertThat(shown(context, "OnClass.other(String)", "max-attempts")).isEqualTo(3);
        });
    }

    @Test
    void whenAnAnnotationIsComposedOfIt_thenItsAttributesCount() {
        on.withBean(OnComposed.class)
                .run(context -> assertThat(shown(context, "OnComposed.call", "max-attempts"))
                        .isEqualTo(8));
    }

    @Test
    void whenOursStandsBesideItAndSaysOtherwise_thenTheStartIsRefused() {
        on.withBean(Both.class)
                .run(context -> assertThat(
                                onlyProblem(context.getStartupFailure()).what())
                        .startsWith("The same policy stands twice"));
    }

    @Test
    void whenAPredicateDecides_thenTheStartIsRefused() {
        on.withBean(WithPredicate.class).run(context -> {
            StartupProblem problem = onlyProblem(context.getStartupFailure());
            assertThat(problem.what()).contains("up to Picky").contains("no counterpart");
            assertThat(problem.where()).isEqualTo("@Retryable on WithPredicate.call()");
            assertThat(problem.action()).startsWith("List exceptions in includes and excludes");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retries=-1",
                "retries=many",
                "wait=-1s",
                "wait=soon",
                "multiplier=0.5",
                "multiplier=NaN",
                "max=0",
                "jitter=-1",
                "timeout=-1",
                "wait=${nowhere}"
            })
    void whenAValueMakesNoSense_thenTheStartIsRefusedNamingTheAttribute(String value) {
        on.withBean(Questionable.class).withPropertyValues("shop." + value).run(context -> {
            StartupProblem problem = onlyProblem(context.getStartupFailure());
            assertThat(problem.what())
                    .matches("(maxRetries|delay|multiplier|maxDelay|jitter|timeout)(String)? (must be|').*");
            assertThat(problem.where()).isEqualTo("@Retryable on Questionable.call()");
        });
    }

    @Test
    void whenSpringReadsItToo_thenTheStartIsRefusedInOneProblem() {
        on.withUserConfiguration(Enabled.class)
                .withBean(Stock.class)
                .withBean(OnClass.class)
                .run(context -> {
                    StartupProblem problem = onlyProblem(context.getStartupFailure());
                    assertThat(problem.what()).contains("attempts would multiply");
                    assertThat(problem.action()).contains("@EnableResilientMethods");
                });
    }

    @Test
    void whenOnlySpringReadsIt_thenItDoes() {
        off.withUserConfiguration(Enabled.class).withBean(Stock.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThatThrownBy(context.getBean(Stock.class)::quick).hasMessage("attempt 3");
            assertThat(sleeps(context)).isEmpty();
        });
    }

    private static List<Duration> sleeps(ApplicationContext context) {
        return context.getBean(ManualTimer.class).sleeps();
    }

    private static Object shown(ApplicationContext context, String call, String key) {
        return context.getBean(CallCatalogue.class)
                .find(call)
                .orElseThrow()
                .pipeline()
                .get(0)
                .values()
                .get(key)
                .value();
    }

    private static StartupProblem onlyProblem(Throwable failure) {
        assertThat(failure).isInstanceOf(InvalidResilienceException.class);
        List<StartupProblem> problems = ((InvalidResilienceException) failure).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @EnableResilientMethods
    static class Enabled {}

    @Configuration(proxyBeanMethods = false)
    static class Time {

        @Bean
        static ManualTimer timer() {
            return new ManualTimer();
        }

        @Bean
        static Ticker ticker(ManualTimer timer) {
            return timer.ticker();
        }
    }

    static class Texts {

        private int attempt;

        @Retryable(
                maxRetriesString = "${shop.retries}",
                delayString = "${shop.wait}",
                multiplierString = "#{1 + 2}",
                maxDelayString = "PT1M",
                jitterString = "${shop.jitter:}",
                timeoutString = "90s",
                timeUnit = SECONDS)
        void call() throws IOException {
            throw new IOException("attempt " + ++attempt);
        }
    }

    static class Listed {

        private int attempts;

        int attempts() {
            return attempts;
        }

        @Retryable(value = IOException.class, excludes = FileNotFoundException.class)
        void call(Exception failure) throws Exception {
            attempts++;
            throw failure;
        }
    }

    @Retryable(maxRetries = 1)
    static class OnClass {

        void one() {}

        void other(int number) {}

        @Retryable(maxRetries = 2)
        void other(String text) {}
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Retryable(delay = 0)
    @interface Patiently {

        @AliasFor(annotation = Retryable.class, attribute = "maxRetries")
        long times();
    }

    static class OnComposed {

        @Patiently(times = 7)
        void call() {}
    }

    static class Both {

        @Retry(maxAttempts = 2)
        @Retryable
        void call() {}
    }

    static class Picky implements MethodRetryPredicate {

        @Override
        public boolean shouldRetry(Method method, Throwable failure) {
            return true;
        }
    }

    static class WithPredicate {

        @Retryable(predicate = Picky.class)
        void call() {}
    }

    static class Questionable {

        @Retryable(
                maxRetriesString = "${shop.retries:}",
                delayString = "${shop.wait:}",
                multiplierString = "${shop.multiplier:}",
                maxDelayString = "${shop.max:}",
                jitterString = "${shop.jitter:}",
                timeoutString = "${shop.timeout:}")
        void call() {}
    }
}
