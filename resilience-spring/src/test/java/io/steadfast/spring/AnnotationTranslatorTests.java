package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.spring.toys.ToyBreaker;
import io.steadfast.spring.toys.ToyRetry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.MergedAnnotation;

/** Other libraries' annotations count like ours in the same place. */
class AnnotationTranslatorTests {

    private static ApplicationContextRunner world(Class<?>... beans) {
        return GuardedWorld.of(beans).withBean(AnnotationTranslator.class, Translator::new);
    }

    private static void assertAttempts(Class<?> bean, String call, int attempts) {
        world(bean).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(GuardedWorld.policies(context, call)).containsExactly("retry '" + call + "'");
            assertThat(GuardedWorld.value(context, call, "retry", "max-attempts")
                            .value())
                    .isEqualTo(attempts);
        });
    }

    @Test
    void whenAMethodIsAnnotated_thenItIsGuardedAsIfByOurs() {
        world(OnMethod.class).run(context -> {
            OnMethod bean = context.getBean(OnMethod.class);
            assertThat(bean.call()).isEqualTo("attempt 4");
            assertThat(bean.plain()).isEqualTo("plain");
            assertThat(GuardedWorld.value(context, "OnMethod.call", "retry", "max-attempts"))
                    .isEqualTo(new EffectiveValue(4, "@ToyRetry on OnMethod.call"));
            assertThat(context.getBean(CallCatalogue.class).calls()).hasSize(1);
        });
    }

    @Test
    void whenPropertiesSayMore_thenTheyWin() {
        world(OnMethod.class)
                .withPropertyValues("resilience.retry.instances.[OnMethod.call].max-attempts=5")
                .run(context -> assertThat(GuardedWorld.value(context, "OnMethod.call", "retry", "max-attempts")
                                .value())
                        .isEqualTo(5));
    }

    @Test
    void whenTheClassIsAnnotated_thenItsMethodsAreGuardedUnlessTheySayMore() {
        world(OnClass.class).run(context -> {
            assertThat(GuardedWorld.value(context, "OnClass.call", "retry", "max-attempts")
                            .value())
                    .isEqualTo(4);
            assertThat(GuardedWorld.value(context, "OnClass.other", "retry", "max-attempts")
                            .value())
                    .isEqualTo(7);
        });
    }

    @Test
    void whenAnInterfaceIsAnnotated_thenItsImplementationIsGuarded() {
        assertAttempts(OfInterface.class, "OfInterface.call", 4);
        assertAttempts(OfInterfaceMethod.class, "OfInterfaceMethod.call", 6);
    }

    @Test
    void whenAnAnnotationIsComposedOfIt_thenItsAttributesCount() {
        assertAttempts(OnComposed.class, "OnComposed.call", 9);
    }

    @Test
    void whenOursStandsNearer_thenItCountsAndTheirsDoesNot() {
        assertAttempts(OursNearer.class, "OursNearer.call", 2);
    }

    @Test
    void whenOneMeansSeveralOfOurs_thenAllAreThere() {
        world(Several.class)
                .run(context -> assertThat(GuardedWorld.policies(context, "stock"))
                        .containsExactly("retry 'stock'", "circuit-breaker 'stock'"));
    }

    @Test
    void whenOneMeansNothing_thenTheBeanIsLeftAlone() {
        world(Meaningless.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Meaningless.class).getClass()).isSameAs(Meaningless.class);
        });
    }

    @Test
    void whenTwoAgree_thenTheyAreOne() {
        assertAttempts(Agreeing.class, "Agreeing.call", 4);
        assertAttempts(AgreeingWithOurs.class, "AgreeingWithOurs.call", 4);
    }

    @Test
    void whenTwoContradictEachOther_thenBothAreNamed() {
        for (Class<?> bean : List.of(Contradicting.class, ContradictingOurs.class)) {
            world(bean).run(context -> {
                StartupProblem problem = GuardedWorld.onlyProblem(context.getStartupFailure());
                assertThat(problem.what())
                        .isEqualTo("The same policy stands twice on one method, and nothing says which one counts");
                assertThat(problem.where()).isEqualTo("@ToyRetry on " + bean.getSimpleName() + ".call()");
                assertThat(problem.action()).contains("maxAttempts=4").contains("maxAttempts=5");
            });
        }
    }

    @Test
    void whenOneCannotBeTranslated_thenTheStartIsRefusedInItsWords() {
        for (Class<?> bean : List.of(Untranslatable.class, UntranslatableClass.class)) {
            world(bean).run(context -> {
                StartupProblem problem = GuardedWorld.onlyProblem(context.getStartupFailure());
                assertThat(problem.what()).isEqualTo("Nobody can repeat a call that often");
                assertThat(problem.where()).isEqualTo(bean.getSimpleName() + ".call()");
                assertThat(problem.action()).isEqualTo("Ask for fewer times.");
            });
        }
    }

    @Test
    void whenAMethodCannotBeIntercepted_thenTheStartIsRefused() {
        for (Class<?> bean : List.of(Final.class, Private.class, FinalUntranslatable.class)) {
            world(bean)
                    .run(context -> assertThat(GuardedWorld.onlyProblem(context.getStartupFailure())
                                    .what())
                            .startsWith("A method is annotated but cannot be intercepted: "));
        }
    }

    @Test
    void whenThereIsNoTranslator_thenTheirsMeansNothing() {
        GuardedWorld.of(OnMethod.class)
                .run(context ->
                        assertThat(context.getBean(OnMethod.class).getClass()).isSameAs(OnMethod.class));
    }

    @Test
    void whenDefinitionsAreLookedAt_thenTheirAnnotationsMayGuardToo() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        GuardAnnotationTypes without = new GuardAnnotationTypes(beans);
        beans.registerSingleton("translator", new Translator());
        GuardAnnotationTypes with = new GuardAnnotationTypes(beans);

        for (Class<?> guarded :
                List.of(OnMethod.class, OnClass.class, OfInterface.class, OfInterfaceMethod.class, OnComposed.class)) {
            assertThat(with.mayGuard(guarded)).as(guarded.getSimpleName()).isTrue();
            assertThat(without.mayGuard(guarded)).as(guarded.getSimpleName()).isFalse();
        }
        assertThat(with.mayGuard(Unannotated.class)).isFalse();
        assertThat(with.mayGuard(String.class)).isFalse();
    }

    /** Of another library: so many times more. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Again {
        int times() default 3;
    }

    /** Of another library too: so many times in all, and a breaker if it has a name. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Tries {
        int value();

        String breaker() default "";
    }

    @Again
    @Retention(RetentionPolicy.RUNTIME)
    @interface Often {

        @AliasFor(annotation = Again.class, attribute = "times")
        int more();
    }

    private static final class Translator implements AnnotationTranslator {

        @Override
        public Set<Class<? extends Annotation>> types() {
            return Set.of(Again.class, Tries.class);
        }

        @Override
        public List<Annotation> translate(Annotation foreign, GuardedMethod method) {
            if (foreign instanceof Again again) {
                if (again.times() > 99) {
                    throw new InvalidGuardException(
                            "Nobody can repeat a call that often", method.describe(), "Ask for fewer times.");
                }
                return again.times() == 0 ? List.of() : List.of(retry("", again.times() + 1));
            }
            Tries tries = (Tries) foreign;
            return tries.breaker().isEmpty()
                    ? List.of(retry("", tries.value()))
                    : List.of(
                            MergedAnnotation.of(ToyBreaker.class, Map.of("value", tries.breaker()))
                                    .synthesize(),
                            retry(tries.breaker(), tries.value()));
        }

        private static Annotation retry(String name, int attempts) {
            return MergedAnnotation.of(ToyRetry.class, Map.of("value", name, "maxAttempts", attempts))
                    .synthesize();
        }
    }

    static class Unannotated {

        public String call() {
            return "ok";
        }
    }

    static class OnMethod {

        private int calls;

        @Again
        public String call() {
            calls++;
            if (calls < 4) {
                throw new IllegalStateException("down");
            }
            return "attempt " + calls;
        }

        public String plain() {
            return "plain";
        }
    }

    @Again
    static class OnClass {

        public void call() {}

        @Again(times = 6)
        public void other() {}
    }

    @Again
    interface Api {
        void call();
    }

    static class OfInterface implements Api {

        @Override
        public void call() {}
    }

    @Again
    interface MethodApi {
        @Again(times = 5)
        void call();
    }

    static class OfInterfaceMethod implements MethodApi {

        @Override
        public void call() {}
    }

    static class OnComposed {

        @Often(more = 8)
        public void call() {}
    }

    @Again
    static class OursNearer {

        @ToyRetry(maxAttempts = 2)
        public void call() {}
    }

    static class Several {

        @Tries(value = 2, breaker = "stock")
        public void call() {}
    }

    static class Meaningless {

        @Again(times = 0)
        public void call() {}
    }

    static class Agreeing {

        @Again
        @Tries(4)
        public void call() {}
    }

    static class AgreeingWithOurs {

        @Again
        @ToyRetry(maxAttempts = 4)
        public void call() {}
    }

    static class Contradicting {

        @Again
        @Tries(5)
        public void call() {}
    }

    static class ContradictingOurs {

        @Again
        @ToyRetry(maxAttempts = 5)
        public void call() {}
    }

    static class Untranslatable {

        @Again(times = 100)
        public void call() {}
    }

    @Again(times = 100)
    static class UntranslatableClass {

        public void call() {}
    }

    static class Final {

        @Again
        public final void call() {}
    }

    static class Private {

        @Again
        private void call() {}
    }

    static class FinalUntranslatable {

        @Again(times = 100)
        public final void call() {}
    }
}
