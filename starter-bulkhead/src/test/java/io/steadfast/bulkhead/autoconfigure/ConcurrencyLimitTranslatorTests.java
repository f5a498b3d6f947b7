package io.steadfast.bulkhead.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.time.Ticker;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.ConcurrencyLimit.ThrottlePolicy;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** Spring Framework's annotation, read as ours where the application asks for it. */
class ConcurrencyLimitTranslatorTests {

    private final ApplicationContextRunner off = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, BulkheadAutoConfiguration.class))
            .withUserConfiguration(Time.class);

    private final ApplicationContextRunner on = off.withPropertyValues("resilience.spring-annotations.enabled=true");

    @Test
    void whenNobodyAsks_thenTheAnnotationIsLeftAlone() {
        off.withBean(OnMethods.class)
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(OnMethods.class)))
                        .isFalse());
    }

    @Test
    void whenCallsAreToBeRejected_thenNoneWaits() {
        on.withBean(OnMethods.class)
                .withPropertyValues(
                        "resilience.bulkhead.defaults.queue-capacity=5",
                        "resilience.bulkhead.defaults.max-wait-duration=1s")
                .run(context -> assertRoomFor(2, context.getBean(OnMethods.class)));
    }

    private static void assertRoomFor(int calls, OnMethods bean) {
        for (int i = 0; i < calls; i++) {
            assertThat(bean.rejecting()).isNotDone();
        }
        assertThatThrownBy(() -> bean.rejecting().join()).hasCauseInstanceOf(BulkheadFullException.class);
    }

    @Test
    void whenCallsAreToBlock_thenTheyWaitForAsLongAsItTakes() {
        on.withBean(OnMethods.class).run(context -> {
            OnMethods bean = context.getBean(OnMethods.class);
            ManualTimer timer = context.getBean(ManualTimer.class);
            bean.blocking();
            List<CompletableFuture<Integer>> waiting = List.of(bean.blocking(), bean.blocking(), bean.blocking());

            timer.advance(Duration.ofDays(1000));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            bean.answer();
            while (timer.advanceToNextTask()) {
                assertThat(timer.ticker().nanos())
                        .isLessThan(Duration.ofDays(1001).toNanos());
            }

            assertThat(waiting).allMatch(call -> call.join() == 7);
        });
    }

    @Test
    void whenABlockedCallHasADeadline_thenItWaitsNoLonger() {
        on.withBean(OnMethods.class).run(context -> {
            OnMethods bean = context.getBean(OnMethods.class);
            ManualTimer timer = context.getBean(ManualTimer.class);
            bean.blocking();

            CompletableFuture<Integer> waiting =
                    Deadline.in(Duration.ofSeconds(3), timer.ticker()).call(bean::blocking);
            timer.advance(Duration.ofSeconds(3));

            assertThatThrownBy(waiting::join).hasCauseInstanceOf(DeadlineExceededException.class);
        });
    }

    @Test
    void whenTheLimitIsAText_thenItIsResolvedAndWins() {
        on.withBean(OnMethods.class).withPropertyValues("shop.limit=3").run(context -> {
            OnMethods bean = context.getBean(OnMethods.class);
            assertThat(List.of(bean.text(), bean.text(), bean.text())).noneMatch(CompletableFuture::isDone);
            assertThat(bean.text()).isCompletedExceptionally();
        });
    }

    @Test
    void whenTheInstanceIsConfigured_thenItsPropertiesWin() {
        on.withBean(OnMethods.class)
                .withPropertyValues("resilience.bulkhead.instances.[OnMethods.rejecting].max-concurrent-calls=4")
                .run(context -> assertRoomFor(4, context.getBean(OnMethods.class)));
    }

    @Test
    void whenTheClassIsAnnotated_thenItsMethodsShareALimitUnlessTheyHaveTheirOwn() {
        on.withBean(OnClass.class).run(context -> {
            OnClass bean = context.getBean(OnClass.class);
            assertThat(bean.one()).isNotDone();
            assertThat(bean.other()).isNotDone();
            assertThat(bean.one()).isCompletedExceptionally();
            assertThat(bean.other()).isCompletedExceptionally();

            assertThat(bean.itsOwn()).isNotDone();
            assertThat(bean.itsOwn()).isCompletedExceptionally();
            for (int i = 0; i < 100; i++) {
                assertThat(bean.unlimited()).isNotDone();
            }
        });
    }

    @Test
    void whenMethodsHaveOneName_thenEachHasItsOwnLimit() {
        on.withBean(Overloaded.class).run(context -> {
            Overloaded bean = context.getBean(Overloaded.class);
            assertThat(bean.call(1)).isNotDone();
            assertThat(bean.call("1")).isNotDone();
            assertThat(bean.call("2")).isCompletedExceptionally();
        });
    }

    @Test
    void whenAMethodIsInherited_thenEachClassHasItsOwnLimit() {
        on.withBean(Left.class).withBean(Right.class).run(context -> {
            assertThat(context.getBean(Left.class).onMethod()).isNotDone();
            assertThat(context.getBean(Right.class).onMethod()).isNotDone();
            assertThat(context.getBean(Left.class).onMethod()).isCompletedExceptionally();
            assertThat(context.getBean(Left.class).onClass()).isNotDone();
            assertThat(context.getBean(Right.class).onClass()).isNotDone();
            assertThat(context.getBean(Right.class).onClass()).isCompletedExceptionally();
        });
    }

    @Test
    void whenAnInterfaceIsAnnotated_thenItsMethodsShareALimitUnlessTheyHaveTheirOwn() {
        on.withBean(OfInterface.class).run(context -> {
            Limited bean = context.getBean(Limited.class);
            assertThat(bean.one()).isNotDone();
            assertThat(bean.other()).isCompletedExceptionally();
            assertThat(bean.itsOwn()).isNotDone();
        });
    }

    @Test
    void whenAnAnnotationIsComposedOfIt_thenItsAttributesCount() {
        on.withBean(OnComposed.class).run(context -> {
            OnComposed bean = context.getBean(OnComposed.class);
            assertThat(List.of(bean.call(), bean.call(), bean.call())).noneMatch(CompletableFuture::isDone);
            assertThat(bean.call()).isCompletedExceptionally();
        });
    }

    @Test
    void whenTwoClassesOfOneNameHaveALimit_thenTheStartIsRefused() {
        on.withBean("one", OnClass.class)
                .withBean("other", Elsewhere.OnClass.class)
                .run(context -> {
                    StartupProblem problem = onlyProblem(context.getStartupFailure());
                    assertThat(problem.what())
                            .startsWith("Two classes would share the limit of 'OnClass'")
                            .contains(OnClass.class.getName())
                            .contains(Elsewhere.OnClass.class.getName());
                    assertThat(problem.action()).contains("@Bulkhead");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "many", "${nowhere}", "#{nobody}"})
    void whenTheLimitMakesNoSense_thenTheStartIsRefused(String limit) {
        on.withBean(OnMethods.class)
                .withPropertyValues("shop.limit=" + limit)
                .run(context -> assertThat(
                                onlyProblem(context.getStartupFailure()).where())
                        .isEqualTo("@ConcurrencyLimit on OnMethods.text()"));
    }

    @Test
    void whenThereIsNoLimit_thenTheStartIsRefused() {
        on.withBean(WithoutLimit.class)
                .run(context -> assertThat(
                                onlyProblem(context.getStartupFailure()).describe())
                        .isEqualTo(
                                "There is no limit (@ConcurrencyLimit on WithoutLimit.call()) Give limit a value of at"
                                        + " least 1, or -1 for no limit."));
    }

    @Test
    void whenSpringReadsItToo_thenTheStartIsRefusedInOneProblem() {
        on.withUserConfiguration(Enabled.class).withBean(OnMethods.class).run(context -> {
            StartupProblem problem = onlyProblem(context.getStartupFailure());
            assertThat(problem.what()).contains("obeyed twice");
            assertThat(problem.action()).contains("@EnableResilientMethods");
        });
    }

    @Test
    void whenOnlySpringReadsIt_thenItDoes() {
        off.withUserConfiguration(Enabled.class)
                .withBean(OnMethods.class)
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(OnMethods.class)))
                        .isTrue());
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

    static class OnMethods {

        private final CompletableFuture<Integer> answer = new CompletableFuture<>();

        void answer() {
            answer.complete(7);
        }

        @ConcurrencyLimit(limit = 2, policy = ThrottlePolicy.REJECT)
        CompletableFuture<Integer> rejecting() {
            return answer.copy();
        }

        @ConcurrencyLimit(1)
        CompletableFuture<Integer> blocking() {
            return answer.copy();
        }

        @ConcurrencyLimit(limit = 5, limitString = "${shop.limit:}", policy = ThrottlePolicy.REJECT)
        CompletableFuture<Integer> text() {
            return answer.copy();
        }
    }

    @ConcurrencyLimit(limit = 2, policy = ThrottlePolicy.REJECT)
    static class OnClass {

        CompletableFuture<Integer> one() {
            return new CompletableFuture<>();
        }

        CompletableFuture<Integer> other() {
            return new CompletableFuture<>();
        }

        @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
        CompletableFuture<Integer> itsOwn() {
            return new CompletableFuture<>();
        }

        @ConcurrencyLimit(-1)
        CompletableFuture<Integer> unlimited() {
            return new CompletableFuture<>();
        }
    }

    static class Elsewhere {

        @ConcurrencyLimit(limit = 2, policy = ThrottlePolicy.REJECT)
        static class OnClass {

            void call() {}
        }
    }

    static class Overloaded {

        @ConcurrencyLimit(1)
        CompletableFuture<Integer> call(int number) {
            return new CompletableFuture<>();
        }

        @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
        CompletableFuture<Integer> call(String text) {
            return new CompletableFuture<>();
        }
    }

    @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
    static class Base {

        @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
        CompletableFuture<Integer> onMethod() {
            return new CompletableFuture<>();
        }

        CompletableFuture<Integer> onClass() {
            return new CompletableFuture<>();
        }
    }

    static class Left extends Base {}

    static class Right extends Base {}

    @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
    interface Limited {

        CompletableFuture<Integer> one();

        CompletableFuture<Integer> other();

        @ConcurrencyLimit(1)
        CompletableFuture<Integer> itsOwn();
    }

    static class OfInterface implements Limited {

        @Override
        public CompletableFuture<Integer> one() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Integer> other() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Integer> itsOwn() {
            return new CompletableFuture<>();
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ConcurrencyLimit(policy = ThrottlePolicy.REJECT)
    @interface Narrow {

        @AliasFor(annotation = ConcurrencyLimit.class, attribute = "limit")
        int width();
    }

    static class OnComposed {

        @Narrow(width = 3)
        CompletableFuture<Integer> call() {
            return new CompletableFuture<>();
        }
    }

    static class WithoutLimit {

        @ConcurrencyLimit
        void call() {}
    }
}
