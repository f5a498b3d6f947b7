package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.steadfast.core.Policy;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.StartupProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;

/** Annotations that could not do their work where they stand keep the application from starting. */
@ExtendWith(OutputCaptureExtension.class)
class StartupRefusalTests {

    @Test
    void whenPrivate_thenRefused() {
        refuses(PrivateMethod.class, "it is private", "PrivateMethod.call()");
    }

    @Test
    void whenStatic_thenRefused() {
        refuses(StaticMethod.class, "it is static", "StaticMethod.call()");
    }

    @Test
    void whenFinal_thenRefused() {
        refuses(FinalMethod.class, "it is final", "FinalMethod.call()");
    }

    @Test
    void whenTheClassIsFinal_thenRefused() {
        refuses(FinalClass.class, "its class is final", "FinalClass.call()");
    }

    @Test
    void whenTheBeanIsMadeTooEarly_thenRefused() {
        refuses(TooEarly.class, "made where nothing can guard it", "Guarded.call()");
    }

    @Test
    void whenTwoUnnamedMethodsClash_thenRefused() {
        refuses(Overloaded.class, "would share the policies of 'Overloaded.call'", "call(int)");
    }

    @Test
    void whenTwoMethodsShareANameAndContradictEachOther_thenRefused() {
        refuses(Contradiction.class, "set its max-attempts to 2 and to 4", "Contradiction.first");
    }

    @Test
    void whenOnePolicyStandsTwiceOnAMethod_thenRefused() {
        refuses(Twofold.class, "stands twice on one method", "@Retry on Twofold.call()");
    }

    @Test
    void whenTwoPoliciesClaimOnePlace_thenRefused() {
        refuses(SecondRetry.class, "Two policies claim the place 'retry'", "SecondRetry");
    }

    @Test
    void whenTheSettingsContradictEachOther_thenRefusedWithBothPlaces() {
        Steadfast.application(Guarded.class)
                .withPropertyValues(
                        "resilience.retry.defaults.wait-duration=9s",
                        "resilience.retry.defaults.exponential-max-wait-duration=8s")
                .run(context -> assertThat(problems(context.getStartupFailure()))
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.describe())
                                .contains("wait-duration = 9s")
                                .contains("exponential-max-wait-duration = 8s")));
    }

    @Test
    void whenANameIsALetterOffAConfiguredOne_thenRefused() {
        Steadfast.application(Misspelt.class)
                .withPropertyValues("resilience.retry.instances.inventory.max-attempts=4")
                .run(context -> assertThat(problems(context.getStartupFailure()))
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.describe()).contains("Did you mean 'inventory'?")));
    }

    @Test
    void whenAnAttributeMakesNoSense_thenRefusedWithItsPlace() {
        refuses(NoAttempts.class, "max-attempts must be at least 1, but is 0", "@Retry on NoAttempts.call");
    }

    @Test
    void whenFallbacksGoInACircle_thenRefused() {
        refuses(Circle.class, "go round in a circle", "Circle.second() -> Circle.first() -> Circle.second()");
    }

    /** The house's own fallbacks look for circles themselves; a stranger's policy that does not must not recurse for ever. */
    @Test
    void whenAStrangersPolicyGuardsItsOwnMethod_thenRefused() {
        refuses(
                Steadfast.application(Recursive.class).withPropertyValues("resilience.order=mirror"),
                "stand in for each other in a circle",
                "Calls.call() -> Calls.call()");
    }

    @Test
    void whenAFallbackIsMissing_thenRefusedWithTheSignatureItShouldHave() {
        refuses(NoFallback.class, "unknown", "String unknown(");
    }

    @Test
    void whenSeveralThingsAreWrong_thenAllAreInOneReport() {
        Steadfast.application(PrivateMethod.class, NoAttempts.class, Overloaded.class)
                .withPropertyValues("resilience.retry.defaults.max-atempts=4")
                .run(context ->
                        assertThat(problems(context.getStartupFailure())).hasSize(4));
    }

    @Test
    void whenLenient_thenOnlyWarned(CapturedOutput output) {
        Steadfast.application(PrivateMethod.class, NoAttempts.class)
                .withPropertyValues("resilience.validation=lenient")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("it is private").contains("max-attempts must be at least 1");
                });
    }

    @Test
    void whenABareFutureIsReturned_thenStartupSaysSo(CapturedOutput output) {
        Steadfast.application(BareFuture.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).contains("BareFuture.call()").contains("guarded only until the method returns");
        });
    }

    private static void refuses(Class<?> bean, String what, String where) {
        refuses(Steadfast.application(bean), what, where);
    }

    private static void refuses(ApplicationContextRunner application, String what, String where) {
        application.run(context -> {
            List<StartupProblem> problems = problems(context.getStartupFailure());
            assertThat(problems).hasSize(1);
            assertThat(problems.get(0).describe()).contains(what).contains(where);
            assertThat(problems.get(0).action()).isNotBlank();
        });
    }

    private static List<StartupProblem> problems(Throwable failure) {
        assertThat(failure).isInstanceOf(InvalidResilienceException.class);
        return ((InvalidResilienceException) failure).problems();
    }

    static class PrivateMethod {

        @Retry
        private void call() {}

        void use() {
            call();
        }
    }

    static class StaticMethod {

        @Retry
        static void call() {}
    }

    static class FinalMethod {

        @Retry
        final void call() {}
    }

    static final class FinalClass {

        @Retry
        void call() {}
    }

    static class Guarded {

        @Retry
        void call() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class TooEarly {

        @Bean
        static Guarded guarded() {
            return new Guarded();
        }

        @Bean
        static Early needsItEarly(Guarded guarded) {
            return new Early();
        }

        private static final class Early implements BeanPostProcessor, PriorityOrdered {

            @Override
            public int getOrder() {
                return 0;
            }
        }
    }

    @Retry(maxAttempts = 2)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Twice {}

    static class Twofold {

        @Twice
        @Retry(maxAttempts = 4)
        void call() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondRetry {

        @Retention(RetentionPolicy.RUNTIME)
        @interface Again {}

        public static class Settings {}

        @Bean
        static PolicyProvider<Again, Settings> secondRetry() {
            return new Provider();
        }

        private static final class Provider implements PolicyProvider<Again, Settings> {

            @Override
            public String policy() {
                return "retry";
            }

            @Override
            public Class<Again> annotation() {
                return Again.class;
            }

            @Override
            public Class<Settings> settings() {
                return Settings.class;
            }

            @Override
            public Policy create(PolicyRequest<Again, Settings> request) {
                throw new IllegalStateException("not asked for");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Recursive {

        @Retention(RetentionPolicy.RUNTIME)
        @interface Mirror {}

        public static class Settings {}

        static class Calls {

            @Mirror
            void call() {}
        }

        @Bean
        Calls calls() {
            return new Calls();
        }

        @Bean
        static PolicyProvider<Mirror, Settings> mirror() {
            return new Provider();
        }

        private static final class Provider implements PolicyProvider<Mirror, Settings> {

            @Override
            public String policy() {
                return "mirror";
            }

            @Override
            public Class<Mirror> annotation() {
                return Mirror.class;
            }

            @Override
            public Class<Settings> settings() {
                return Settings.class;
            }

            @Override
            public Policy create(PolicyRequest<Mirror, Settings> request) {
                GuardedMethod method = request.method();
                request.guards()
                        .guard(method.beanName(), method.beanClass(), method.method(), (target, arguments) -> null);
                throw new IllegalStateException("not reached");
            }
        }
    }

    static class Misspelt {

        @Retry("inventroy")
        void call() {}
    }

    static class Overloaded {

        @Retry
        void call(int number) {}

        @Retry
        void call(String text) {}
    }

    static class Contradiction {

        @Retry(value = "same", maxAttempts = 2)
        void first() {}

        @Retry(value = "same", maxAttempts = 4)
        void second() {}
    }

    static class NoAttempts {

        @Retry(maxAttempts = 0)
        void call() {}
    }

    static class Circle {

        @Fallback(method = "second")
        String first() {
            return "1";
        }

        @Fallback(method = "first")
        String second() {
            return "2";
        }
    }

    static class NoFallback {

        @Fallback(method = "unknown")
        String call(long id) {
            return "1";
        }
    }

    static class BareFuture {

        @Retry
        Future<String> call() {
            return CompletableFuture.completedFuture("done");
        }
    }
}
