package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.PolicyId;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.Resilient;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.Timeout;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TimeoutAutoConfigurationTests {

    private final ApplicationContextRunner alone =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TimeoutAutoConfiguration.class));

    private final ApplicationContextRunner withoutActuator = alone.withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class))
            .withBean(Sleeper.class);

    private final ApplicationContextRunner application = Application.with(Sleeper.class);

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(TimeoutAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStartsWithProviderAndRule() {
        alone.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(PolicyProvider.class)
                .hasSingleBean(CallRule.class));
    }

    @Test
    void whenEverythingOptionalIsAbsent_thenTheContextStartsAndLimits() {
        ManualTimer timer = new ManualTimer();
        withoutActuator
                .withClassLoader(new FilteredClassLoader(
                        "io.micrometer", "org.springframework.boot.actuate", "reactor", "io.steadfast.retry"))
                .withBean("ticker", io.steadfast.core.time.Ticker.class, timer::ticker)
                .withBean(ManualTimer.class, () -> timer)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(limitOf(context.getBean(Sleeper.class)::sleep)).isEqualTo(Duration.ofMillis(300));
                });
    }

    @Test
    void whenAttributesAreSet_thenTheyWinOverTheDefaultsAndLoseAgainstTheInstance() {
        application
                .withPropertyValues("resilience.timeout.defaults.limit=100ms")
                .run(context -> assertThat(limitOf(context.getBean(Sleeper.class)::sleep))
                        .isEqualTo(Duration.ofMillis(300)));
        application
                .withPropertyValues("resilience.timeout.instances.nap.limit=200ms")
                .run(context -> assertThat(limitOf(context.getBean(Sleeper.class)::sleep))
                        .isEqualTo(Duration.ofMillis(200)));
    }

    @Test
    void whenAnAttributeHasAPlaceholder_thenItIsResolved() {
        application
                .withPropertyValues("bed.time=150ms")
                .run(context -> assertThat(limitOf(context.getBean(Sleeper.class)::sleepLong))
                        .isEqualTo(Duration.ofMillis(150)));
    }

    @Test
    void whenTimeoutsAreSwitchedOff_thenTheMethodIsNotLimited() {
        application
                .withPropertyValues("resilience.timeout.defaults.enabled=false")
                .run(context ->
                        assertThat(context.getBean(Sleeper.class).sleep()).isEqualTo("slept"));
    }

    @Test
    void whenBothAreSet_thenTheTotalIsOutsideTheRetryAndTheLimitInside() {
        application
                .withUserConfiguration(Standard.class)
                .withPropertyValues("resilience.retry.defaults.max-attempts=2")
                .run(context -> {
                    assertThat(places(context, "Standard.find")).containsExactly("timeout.total", "retry", "timeout");
                    assertThat(places(context, "nap")).containsExactly("timeout");
                    assertThat(places(context, "night")).containsExactly("timeout.total");
                });
    }

    @Test
    void whenAMethodIsResilient_thenTheStandardLimitsHoldUnlessSomethingElseIsSaid() {
        ApplicationContextRunner standard = Application.with(Standard.class);

        standard.run(context -> {
            Map<String, EffectiveValue> values = values(context, "Standard.find");
            assertThat(values.get("limit")).isEqualTo(new EffectiveValue("2s", EffectiveValue.STANDARD_SET));
            assertThat(values.get("total")).isEqualTo(new EffectiveValue("10s", EffectiveValue.STANDARD_SET));
        });
        standard.withPropertyValues("resilience.timeout.defaults.total=5s").run(context -> {
            assertThat(values(context, "Standard.find").get("limit").value()).isEqualTo("2s");
            assertThat(values(context, "Standard.find").get("total").value()).isEqualTo("5s");
        });
    }

    @Test
    void whenTheTotalIsChosenBelowTheStandardLimit_thenTheLimitGivesWay() {
        Application.with(Standard.class)
                .withPropertyValues("resilience.timeout.defaults.total=1s")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(places(context, "Standard.find")).containsExactly("timeout.total", "retry");
                });
    }

    @Test
    void whenNeitherLimitIsSet_thenTheStartIsRefusedSayingWhatToSet() {
        Application.with(Forgotten.class)
                .run(context -> assertThat(Application.problems(context))
                        .containsExactly(
                                "timeout 'stock' has neither a limit (for each attempt) nor a total (for all of them"
                                        + " together), so nothing would ever time out (@Timeout on Forgotten.find) Set"
                                        + " resilience.timeout.instances.stock.limit or"
                                        + " resilience.timeout.instances.stock.total, or both, for example to 2s; or the"
                                        + " same under resilience.timeout.defaults; or set them on @Timeout. If you have,"
                                        + " another mistake told here keeps it from being read."));
    }

    @Test
    void whenAResilientMethodsTimeoutIsConfiguredWithoutALimit_thenTheStartIsRefusedAlike() {
        Application.with(Standard.class)
                .withPropertyValues("resilience.timeout.instances[Standard.find].separate-thread=true")
                .run(context -> assertThat(Application.problems(context))
                        .singleElement()
                        .asString()
                        .startsWith("timeout 'Standard.find' has neither a limit")
                        .contains("(@Resilient on Standard.find)"));
    }

    @Test
    void whenALimitMakesNoSense_thenTheStartIsRefusedWithItsOrigin() {
        application
                .withPropertyValues("resilience.timeout.instances.nap.limit=0")
                .run(context -> assertThat(Application.problems(context))
                        .singleElement()
                        .asString()
                        .startsWith(
                                "timeout 'nap': limit must be longer than zero, but is 0s (limit = 0ms from Test)"));
    }

    private static Duration limitOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(CallTimeoutException.class, call).limit();
    }

    private static List<String> places(AssertableApplicationContext context, String call) {
        return pipeline(context, call).stream()
                .map(GuardedPolicy::id)
                .map(PolicyId::policy)
                .toList();
    }

    private static Map<String, EffectiveValue> values(AssertableApplicationContext context, String call) {
        return pipeline(context, call).get(0).values();
    }

    private static List<GuardedPolicy> pipeline(AssertableApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class).find(call).orElseThrow().pipeline();
    }

    /** Public for the proxy, which a filtered class loader loads. */
    public static class Sleeper {

        private final ManualTimer timer;

        public Sleeper(ManualTimer timer) {
            this.timer = timer;
        }

        @Timeout(value = "nap", limit = "300ms")
        public String sleep() throws InterruptedException {
            timer.sleep(Duration.ofHours(1).toNanos());
            return "slept";
        }

        @Timeout(value = "night", total = "${bed.time:8h}")
        public String sleepLong() throws InterruptedException {
            timer.sleep(Duration.ofHours(9).toNanos());
            return "slept";
        }
    }

    static class Standard {

        @Resilient
        public String find() {
            return "found";
        }
    }

    static class Forgotten {

        @Timeout("stock")
        public String find() {
            return "found";
        }
    }
}
