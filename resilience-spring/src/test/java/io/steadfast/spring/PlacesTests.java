package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;

import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.WallClock;
import io.steadfast.spring.actuate.CallBoard;
import io.steadfast.spring.actuate.RecentEvents;
import io.steadfast.spring.steer.LiveChanges;
import io.steadfast.spring.toys.ToyLimit;
import io.steadfast.spring.toys.ToyLimitPolicy;
import io.steadfast.spring.toys.ToyLimitProvider;
import io.steadfast.spring.toys.ToyRetry;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One section of the properties, several places around the method. */
class PlacesTests {

    @Test
    void whenBothPlacesHaveSomethingToDo_thenEachLiesWhereItBelongs() {
        GuardedWorld.of(Both.class).run(context -> {
            assertThat(GuardedWorld.policies(context, "both"))
                    .containsExactly("timeout.total 'both'", "retry 'both'", "timeout 'both'");
            assertThat(GuardedWorld.limit(context, "both", "timeout").limit()).isEqualTo(Duration.ofSeconds(1));
            assertThat(GuardedWorld.limit(context, "both", "timeout.total").limit())
                    .isEqualTo(Duration.ofSeconds(5));
            assertThat(GuardedWorld.value(context, "both", "timeout.total", "limit"))
                    .isEqualTo(GuardedWorld.value(context, "both", "timeout", "limit"))
                    .isEqualTo(new EffectiveValue("1s", "@ToyLimit on Both.call"));

            context.getBean(Both.class).call();

            assertThat(GuardedWorld.limit(context, "both", "timeout").owners()).hasSize(1);
            assertThat(GuardedWorld.limit(context, "both", "timeout.total").owners())
                    .hasSize(1);
        });
    }

    @Test
    void whenOperatorsLook_thenEachPlaceIsAnEntryOfItsOwn() {
        GuardedWorld.of(Both.class).run(context -> {
            LiveChanges changes = new LiveChanges(
                    context.getBean(GuardEngine.class),
                    context.getBean(ResilienceRefresher.class),
                    context.getEnvironment(),
                    PolicyRuntime.system(),
                    WallClock::system,
                    context);
            CallBoard board = new CallBoard(changes, new RecentEvents(WallClock::system));

            assertThat(board.call("both").orElseThrow().pipeline())
                    .extracting(policy -> policy.policy() + " of " + policy.instance())
                    .containsExactly("timeout.total of both", "retry of both", "timeout of both");
            assertThat(board.calls().calls().get(0).policies()).containsExactly("timeout.total", "retry", "timeout");
        });
    }

    @Test
    void whenAPlaceHasNothingToDo_thenNothingIsThere() {
        GuardedWorld.of(AttemptOnly.class)
                .run(context ->
                        assertThat(GuardedWorld.policies(context, "attempt")).containsExactly("timeout 'attempt'"));
    }

    @Test
    void whenNoPlaceHasAnythingToDo_thenTheBeanIsLeftAlone() {
        GuardedWorld.of(Nothing.class)
                .run(context ->
                        assertThat(context.getBean(Nothing.class).getClass()).isSameAs(Nothing.class));
    }

    @Test
    void whenSwitchedOff_thenAllItsPlacesAre() {
        GuardedWorld.of(Both.class)
                .withPropertyValues("resilience.timeout.instances.both.enabled=false")
                .run(context -> {
                    assertThat(GuardedWorld.policies(context, "both")).containsExactly("retry 'both'");
                    assertThat(context.getBean(ToyLimitProvider.class).made()).isEmpty();
                });
    }

    @Test
    void whenAnOrderNamesThePlaces_thenItIsThePipelines() {
        GuardedWorld.of(Both.class)
                .withPropertyValues("resilience.order=retry,timeout,timeout.total")
                .run(context -> assertThat(GuardedWorld.policies(context, "both"))
                        .containsExactly("retry 'both'", "timeout 'both'", "timeout.total 'both'"));
    }

    @Test
    void whenAnOrderForgetsAPlace_thenRefused() {
        GuardedWorld.of(Both.class)
                .withPropertyValues("resilience.order=retry,timeout")
                .run(context -> assertThat(GuardedWorld.onlyProblem(context.getStartupFailure())
                                .what())
                        .isEqualTo("The order of 'both' has no place for timeout.total"));
    }

    @Test
    void whenSettingsMakeNoSense_thenTheyAreRefusedOnceUnderTheirSection() {
        GuardedWorld.of(Both.class)
                .withPropertyValues(
                        "resilience.timeout.instances.both.limit=-1s", "resilience.timeout.instances.both.total=-2s")
                .run(context -> {
                    StartupProblem problem = GuardedWorld.onlyProblem(context.getStartupFailure());
                    assertThat(problem.what()).isEqualTo("timeout 'both': limit must not be negative");
                    assertThat(problem.where()).startsWith("limit = -1s from ");
                });
    }

    @Test
    void whenMethodsShareAnInstance_thenTheyShareThePolicyOfEachPlace() {
        GuardedWorld.of(Both.class, Sharer.class).run(context -> {
            for (String place : List.of("timeout", "timeout.total")) {
                assertThat(GuardedWorld.policy(context, "Sharer.call", place).slot())
                        .isSameAs(GuardedWorld.policy(context, "both", place).slot());
            }
            assertThat(context.getBean(ToyLimitProvider.class).made()).hasSize(2);
        });
    }

    @Test
    void whenALaterMethodSaysMore_thenAllCallsGoByItAndShowIt() {
        GuardedWorld.of(Both.class, Teller.class).run(context -> {
            for (String call : List.of("both", "Teller.call")) {
                assertThat(GuardedWorld.value(context, call, "timeout", "unit"))
                        .isEqualTo(new EffectiveValue("sand", "@ToyLimit on Teller.call"));
                assertThat(GuardedWorld.value(context, call, "timeout", "limit"))
                        .isEqualTo(new EffectiveValue("1s", "@ToyLimit on Both.call"));
            }
            assertThat(GuardedWorld.policy(context, "Teller.call", "timeout").slot())
                    .isSameAs(GuardedWorld.policy(context, "both", "timeout").slot());
        });
    }

    @Test
    void whenAPlaceComesTooLateForAMethod_thenRefused() {
        GuardedWorld.of(AttemptOnly.class, TotalToo.class).run(context -> {
            StartupProblem problem = GuardedWorld.onlyProblem(context.getStartupFailure());
            assertThat(problem.what())
                    .isEqualTo("Two methods share the timeout 'attempt', but only one of them sets its total,"
                            + " so it would not hold for the other");
            assertThat(problem.where()).isEqualTo("AttemptOnly.call(), @ToyLimit on TotalToo.call");
            assertThat(problem.action())
                    .isEqualTo("Set it on both, or once under resilience.timeout.instances.attempt.total.");
        });
        GuardedWorld.of(TotalToo.class, AttemptOnly.class)
                .withPropertyValues("resilience.timeout.instances.attempt.limit=1s")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whenPropertiesSetThePlace_thenAttributesMayFollow() {
        GuardedWorld.of(AttemptOnly.class, TotalToo.class)
                .withPropertyValues("resilience.timeout.instances.attempt.total=5s")
                .run(context -> assertThat(GuardedWorld.policies(context, "attempt"))
                        .containsExactly("timeout.total 'attempt'", "timeout 'attempt'"));
    }

    @Test
    void whenTwoPoliciesClaimOnePlace_thenRefused() {
        GuardedWorld.of(Both.class, Usurper.class)
                .run(context -> assertThat(GuardedWorld.problems(context.getStartupFailure()))
                        .extracting(StartupProblem::what)
                        .containsExactly("Two policies claim the place 'timeout.total' in the order"));
    }

    @Test
    void whenAPolicyCallsItselfByAnotherName_thenItsAuthorIsTold() {
        GuardedWorld.of(Misnamed.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("was asked for as lid 'pot' but calls itself cover 'pot'"));
    }

    static class Both {

        @ToyLimit(value = "both", limit = "1s", total = "5s", owner = "ann")
        @ToyRetry("both")
        public void call() {}
    }

    static class AttemptOnly {

        @ToyLimit(value = "attempt", limit = "1s", owner = "ann")
        public void call() {}
    }

    static class TotalToo {

        @ToyLimit(value = "attempt", total = "5s", owner = "ann")
        public void call() {}
    }

    static class Nothing {

        @ToyLimit
        public void call() {}
    }

    static class Sharer {

        @ToyLimit(value = "both", owner = "ben")
        @ToyRetry("other")
        public void call() {}
    }

    static class Teller {

        @ToyLimit(value = "both", unit = "sand", owner = "ben")
        @ToyRetry("other")
        public void call() {}
    }

    public static class NoSettings {}

    @Configuration(proxyBeanMethods = false)
    static class Usurper {

        @Retention(RetentionPolicy.RUNTIME)
        @interface Deadline {}

        @Bean
        static PolicyProvider<Deadline, NoSettings> usurper() {
            return new LidProvider<>(Deadline.class, "deadline", List.of("timeout.total")) {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Misnamed {

        @Retention(RetentionPolicy.RUNTIME)
        @interface Lid {
            String value();
        }

        static class Pot {

            @Lid("pot")
            public void cook() {}
        }

        @Bean
        Pot pot() {
            return new Pot();
        }

        @Bean
        static PolicyProvider<Lid, NoSettings> misnamed() {
            return new LidProvider<>(Lid.class, "lid", List.of("lid")) {};
        }
    }

    private abstract static class LidProvider<A extends Annotation> implements PolicyProvider<A, NoSettings> {

        private final Class<A> annotation;

        private final String policy;

        private final List<String> places;

        LidProvider(Class<A> annotation, String policy, List<String> places) {
            this.annotation = annotation;
            this.policy = policy;
            this.places = places;
        }

        @Override
        public String policy() {
            return policy;
        }

        @Override
        public List<String> places() {
            return places;
        }

        @Override
        public Class<A> annotation() {
            return annotation;
        }

        @Override
        public Class<NoSettings> settings() {
            return NoSettings.class;
        }

        @Override
        public Policy create(PolicyRequest<A, NoSettings> request) {
            return new ToyLimitPolicy(new PolicyId("cover", request.id().instance()), Duration.ZERO);
        }
    }
}
