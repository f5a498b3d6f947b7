package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.spring.toys.ToyLimit;
import io.steadfast.spring.toys.ToyLimitProvider;
import io.steadfast.spring.toys.ToyOwner;
import io.steadfast.spring.toys.ToyRetry;
import org.junit.jupiter.api.Test;

/** What a shared policy knows of the method that is called. */
class TraitsTests {

    @Test
    void whenMethodsShareAPolicy_thenItKnowsWhichOneIsCalled() {
        GuardedWorld.of(Shop.class).run(context -> {
            Shop shop = context.getBean(Shop.class);
            shop.second();
            shop.first();

            assertThat(GuardedWorld.limit(context, "shop", "timeout").owners())
                    .containsExactly(new ToyOwner("ben"), new ToyOwner("ann"));
            assertThat(context.getBean(ToyLimitProvider.class).made())
                    .as("made once a place, and not of what one method says about itself")
                    .containsExactlyInAnyOrder("timeout 'shop' of nobody", "timeout.total 'shop' of nobody");
        });
    }

    @Test
    void whenTheInstanceSaysIt_thenItWinsOverTheAnnotation() {
        GuardedWorld.of(Shop.class)
                .withPropertyValues("resilience.timeout.instances.shop.owner=cleo")
                .run(context -> {
                    context.getBean(Shop.class).first();
                    assertThat(GuardedWorld.limit(context, "shop", "timeout").owners())
                            .containsExactly(new ToyOwner("cleo"));
                });
    }

    @Test
    void whenOnlyBaseAndDefaultsSayIt_thenTheAnnotationWinsAndTheBaseIsNext() {
        GuardedWorld.of(Shop.class, Silent.class)
                .withPropertyValues(
                        "resilience.timeout.instances.shop.base=template",
                        "resilience.timeout.instances.template.owner=dan",
                        "resilience.timeout.defaults.owner=eve")
                .run(context -> {
                    context.getBean(Shop.class).first();
                    context.getBean(Silent.class).call();
                    assertThat(GuardedWorld.limit(context, "shop", "timeout").owners())
                            .containsExactly(new ToyOwner("ann"), new ToyOwner("dan"));
                });
    }

    @Test
    void whenOperatorsLook_thenEachCallShowsItsOwnValue() {
        GuardedWorld.of(Shop.class, Elsewhere.class).run(context -> {
            assertThat(GuardedWorld.value(context, "Elsewhere.call", "timeout", "owner"))
                    .isEqualTo(new EffectiveValue("gus", "@ToyLimit on Elsewhere.call"));
            assertThat(GuardedWorld.value(context, "Elsewhere.call", "timeout", "limit"))
                    .isEqualTo(new EffectiveValue("1s", "@ToyLimit on Shop.first"));
        });
    }

    @Test
    void whenALaterMethodSaysMoreOfThePolicy_thenOthersKeepWhatIsTheirs() {
        GuardedWorld.of(Elsewhere.class, Shop.class, Unit.class)
                .withPropertyValues("resilience.timeout.instances.shop.limit=1s")
                .run(context -> {
                    assertThat(GuardedWorld.value(context, "Elsewhere.call", "timeout", "owner")
                                    .value())
                            .isEqualTo("gus");
                    assertThat(GuardedWorld.value(context, "Elsewhere.call", "timeout", "unit")
                                    .value())
                            .isEqualTo("sand");
                });
    }

    @Test
    void whenATraitIsRefused_thenWithTheOriginOfItsValue() {
        GuardedWorld.of(Silent.class).run(context -> assertThat(context).hasNotFailed());
        GuardedWorld.of(Silent.class)
                .withPropertyValues("resilience.timeout.instances.shop.limit=1s")
                .run(context -> {
                    StartupProblem problem = GuardedWorld.onlyProblem(context.getStartupFailure());
                    assertThat(problem.what()).isEqualTo("timeout 'shop': owner must be somebody");
                    assertThat(problem.where()).isEqualTo("owner = nobody from built in");
                });
        GuardedWorld.of(Stranger.class)
                .run(context -> assertThat(GuardedWorld.onlyProblem(context.getStartupFailure()))
                        .isEqualTo(new StartupProblem(
                                "Nobody knows the stranger", "Stranger.call()", "Name somebody we know.")));
    }

    @Test
    void whenATraitIsRefusedAndValidationIsLenient_thenThatMethodGoesWithout() {
        GuardedWorld.of(Shop.class, Stranger.class)
                .withPropertyValues("resilience.validation=lenient")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Stranger.class).getClass()).isSameAs(Stranger.class);
                    assertThat(GuardedWorld.policies(context, "shop")).hasSize(1);
                });
    }

    static class Shop {

        @ToyLimit(value = "shop", limit = "1s", owner = "ann")
        public void first() {}

        @ToyLimit(value = "shop", limit = "1s", owner = "ben")
        public void second() {}
    }

    static class Silent {

        @ToyLimit("shop")
        public void call() {}
    }

    static class Elsewhere {

        @ToyLimit(value = "shop", owner = "gus")
        @ToyRetry("elsewhere")
        public void call() {}
    }

    static class Unit {

        @ToyLimit(value = "shop", unit = "sand", owner = "hal")
        public void call() {}
    }

    static class Stranger {

        @ToyLimit(value = "stranger", limit = "1s", owner = "stranger")
        public void call() {}
    }
}
