package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.time.Ticker;
import io.steadfast.failover.Failover;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.SharedLimits;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.autoconfigure.ResilienceHealthAutoConfiguration;
import io.steadfast.spring.live.LiveFeed;
import io.steadfast.spring.steer.ChangeRequest;
import io.steadfast.spring.steer.LiveChanges;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Real breakers, limiters, stores and pools in the health of a whole application, and in what those who watch it see. */
class HealthOfCallsTests {

    private static final String[] SETTINGS = {
        "resilience.retry.defaults.wait-duration=0",
        "resilience.circuit-breaker.instances.stock.sliding-window-type=count-based",
        "resilience.circuit-breaker.instances.stock.sliding-window-size=2",
        "resilience.circuit-breaker.instances.stock.minimum-number-of-calls=2",
        "resilience.circuit-breaker.instances.stock.wait-duration-in-open-state=10s",
        "resilience.circuit-breaker.instances.stock.open-jitter=0",
        "resilience.rate-limiter.instances.map.scope=shared",
        "resilience.rate-limiter.instances.map.limit-for-period=10",
        "resilience.rate-limiter.instances.letter.limit-for-period=1",
        "resilience.rate-limiter.instances.letter.limit-refresh-period=1h",
        "resilience.failover.instances.page.urls=http://10.0.0.1:80,http://10.0.0.2:80,http://10.0.0.3:80"
    };

    @Test
    void whenABreakerOpens_thenDetailsSayItAndEveryStatusIsUp() {
        run(scene -> {
            scene.open();

            DocumentContext health = scene.calls();

            assertThat(health.<String>read("$.trouble.stock")).isEqualTo("circuit-breaker 'stock' is OPEN");
            assertThat(health.<String>read("$['circuit-breaker'].stock.state")).isEqualTo("OPEN");
            assertThat(health.<String>read("$['circuit-breaker'].stock['next-trial']"))
                    .isNotBlank();
            assertThat(scene.statusOf("readiness")).isEqualTo("UP");
            assertThat(scene.statusOf("liveness")).isEqualTo("UP");
            assertThat(scene.statusOf("resilience")).isEqualTo("UP");
            assertThat(scene.statusOf()).isEqualTo("UP");
        });
    }

    @Test
    void whenACallIsNamedForReadiness_thenOnlyReadinessTurns_untilATrialIsDue() {
        run(
                scene -> {
                    scene.open();
                    assertThat(scene.statusOf("readiness")).isEqualTo("OUT_OF_SERVICE");
                    assertThat(scene.statusOf("liveness")).isEqualTo("UP");
                    assertThat(scene.statusOf()).isEqualTo("UP");

                    scene.clock.now = Instant.parse(scene.calls().read("$['circuit-breaker'].stock['next-trial']"));

                    assertThat(scene.statusOf("readiness")).isEqualTo("UP");
                    scene.clock.now = scene.clock.now.minusMillis(1);
                    assertThat(scene.statusOf("readiness")).isEqualTo("OUT_OF_SERVICE");
                    scene.ticker.advance(Duration.ofSeconds(10));
                    assertThat(catchThrowable(scene.shop::stock)).isNull();
                    assertThat(scene.calls().<String>read("$['circuit-breaker'].stock.state"))
                            .isEqualTo("HALF_OPEN");
                    assertThat(scene.statusOf("readiness")).isEqualTo("UP");
                },
                "resilience.health.readiness=stock");
    }

    @Test
    void whenABreakerIsForcedOpen_thenNoTrialIsEverDue() {
        run(
                scene -> {
                    scene.act("stock", "force-open", "circuit-breaker");
                    scene.clock.now = Instant.MAX;

                    DocumentContext health = scene.calls();

                    assertThat(health.<String>read("$['circuit-breaker'].stock.state"))
                            .isEqualTo("FORCED_OPEN");
                    assertThat(health.<List<String>>read("$.changed"))
                            .containsExactly("force-open of circuit-breaker 'stock', c1 by alice");
                    assertThat(scene.statusOf("readiness")).isEqualTo("OUT_OF_SERVICE");
                    assertThat(scene.statusOf("resilience")).isEqualTo("UP");
                },
                "resilience.health.readiness=stock");
    }

    @Test
    void whenABreakerIsDisabled_thenItIsShownAsSuch_andRefusesNothing() {
        run(
                scene -> {
                    scene.open();
                    scene.act("stock", "disable", "circuit-breaker");

                    DocumentContext health = scene.calls();

                    assertThat(health.<Map<String, Object>>read("$['circuit-breaker'].stock"))
                            .containsEntry("disabled", true)
                            .doesNotContainKey("state");
                    assertThat(health.<String>read("$.trouble.stock"))
                            .isEqualTo("circuit-breaker 'stock' is disabled by alice (c1)");
                    assertThat(scene.statusOf("readiness")).isEqualTo("UP");
                },
                "resilience.health.readiness=stock");
    }

    @Test
    void whenTheOnlyPolicyOfACallIsDisabled_thenThoseWhoWatchStillSeeBoth() {
        run(scene -> {
            scene.act("stock", "disable", "circuit-breaker");

            DocumentContext snapshot =
                    JsonPath.parse(LiveFeed.of(scene.context).snapshot(true).json());

            Map<String, Object> stock = snapshot.<List<Map<String, Object>>>read("$.calls[?(@.name=='stock')]")
                    .get(0);
            assertThat(stock)
                    .containsEntry("trouble", "circuit-breaker 'stock' is disabled by alice (c1)")
                    .containsEntry("severity", 1);
            assertThat(snapshot.<List<Boolean>>read("$.calls[?(@.name=='stock')].policies[0].state.disabled"))
                    .containsExactly(true);
            assertThat(snapshot.<List<String>>read("$.changes[*].action")).containsExactly("disable");
        });
    }

    @Test
    void whenASharedStoreIsDown_thenItsLimiterSaysSo() {
        run(scene -> {
            assertThat(catchThrowable(scene.shop::map)).isNull();

            DocumentContext health = scene.calls();

            assertThat(health.<Map<String, Object>>read("$['rate-limiter'].map"))
                    .containsEntry("scope", "shared")
                    .containsEntry("store-down", 1);
            assertThat(health.<String>read("$.trouble.map"))
                    .startsWith("rate-limiter 'map' cannot share its limit: ")
                    .contains("Redis is away");
            assertThat(scene.statusOf()).isEqualTo("UP");
        });
    }

    @Test
    void whenALimitIsUsedUp_thenItsFiguresSaySo() {
        run(scene -> {
            assertThat(catchThrowable(scene.shop::letter)).isNull();
            assertThat(catchThrowable(scene.shop::letter)).isInstanceOf(CallRejectedException.class);

            assertThat(scene.calls()
                            .<Number>read("$['rate-limiter'].letter.available")
                            .intValue())
                    .isZero();
        });
    }

    @Test
    void whenAPoolIsInPanic_thenItIsShown_andCountsForThoseWhoAsk() {
        run(
                scene -> {
                    scene.unhealthy("http://10.0.0.1:80", "http://10.0.0.2:80");

                    DocumentContext health = scene.calls();

                    assertThat(health.<Boolean>read("$.failover.page.panic")).isTrue();
                    assertThat(health.<List<String>>read("$.failover.page.instances[*].status"))
                            .containsExactlyInAnyOrder("unhealthy", "unhealthy", "available");
                    assertThat(health.<String>read("$.trouble.page"))
                            .isEqualTo("failover 'page' is in panic: 1 of 3 instances in service");
                    assertThat(health.<List<String>>read("$.refused")).containsExactly("page");
                    assertThat(scene.statusOf("resilience")).isEqualTo("DOWN");
                    assertThat(scene.statusOf()).isEqualTo("DOWN");
                    assertThat(scene.statusOf("liveness")).isEqualTo("UP");
                    assertThat(scene.statusOf("readiness")).isEqualTo("UP");
                },
                "resilience.health.status-of=page");
    }

    private static void run(Consumer<Scene> test, String... properties) {
        SettableClock clock = new SettableClock();
        world().withBean(Clock.class, () -> clock)
                .withPropertyValues(properties)
                .run(context -> test.accept(new Scene(context, clock)));
    }

    private static ApplicationContextRunner world() {
        return Steadfast.application(Shop.class)
                .withConfiguration(AutoConfigurations.of(
                        ResilienceHealthAutoConfiguration.class,
                        ApplicationAvailabilityAutoConfiguration.class,
                        AvailabilityHealthContributorAutoConfiguration.class,
                        AvailabilityProbesAutoConfiguration.class,
                        HealthContributorAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class))
                .withBean(
                        SharedLimits.class,
                        () -> (name, bandwidths, answerWithin) -> (key, permits, maxWaitNanos) ->
                                CompletableFuture.failedFuture(new IllegalStateException("Redis is away")))
                .withPropertyValues(SETTINGS)
                .withPropertyValues(
                        "management.endpoint.health.probes.enabled=true",
                        "management.endpoint.health.show-details=always");
    }

    static class Shop {

        private boolean down;

        void down(boolean isDown) {
            down = isDown;
        }

        @CircuitBreaker("stock")
        public String stock() {
            if (down) {
                throw new IllegalStateException("down");
            }
            return "three";
        }

        @RateLimiter("map")
        public String map() {
            return "here";
        }

        @RateLimiter("letter")
        public String letter() {
            return "dear";
        }

        @Failover("page")
        @Retry("page")
        public String page() {
            return "one";
        }
    }

    private static final class SettableClock extends Clock {

        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Scene {

        private final AssertableApplicationContext context;

        private final Shop shop;

        private final SettableClock clock;

        private final ManualTicker ticker;

        Scene(AssertableApplicationContext context, SettableClock clock) {
            this.context = context;
            this.clock = clock;
            this.shop = context.getBean(Shop.class);
            this.ticker = (ManualTicker) context.getBean(Ticker.class);
            AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }

        void open() {
            shop.down(true);
            assertThat(catchThrowable(shop::stock)).hasMessage("down");
            assertThat(catchThrowable(shop::stock)).hasMessage("down");
            shop.down(false);
            assertThat(catchThrowable(shop::stock)).isInstanceOf(CallRejectedException.class);
        }

        void act(String call, String action, String policy) {
            context.getBean(LiveChanges.class).make(new ChangeRequest(call, action, policy, Map.of(), null, "alice"));
        }

        void unhealthy(String... uris) {
            FailoverPolicy policy =
                    (FailoverPolicy) context.getBean(CallCatalogue.class).find("page").orElseThrow().pipeline().stream()
                            .map(GuardedPolicy::slot)
                            .filter(slot -> slot.id().policy().equals("failover"))
                            .findFirst()
                            .orElseThrow()
                            .policy();
            policy.pool().instances().stream()
                    .filter(state ->
                            List.of(uris).contains(state.instance().uri().toString()))
                    .forEach(state -> policy.pool().checked(state.instance().id(), false));
        }

        /** Of the contributor, of a group, or of all. */
        String statusOf(String... path) {
            return describe(path).getStatus().getCode();
        }

        DocumentContext calls() {
            return JsonPath.parse(((IndicatedHealthDescriptor) describe("resilience")).getDetails());
        }

        private HealthDescriptor describe(String... path) {
            HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
            HealthDescriptor found = path.length == 0 ? endpoint.health() : endpoint.healthForPath(path);
            assertThat(found).as(String.join("/", path)).isNotNull();
            if (found instanceof CompositeHealthDescriptor all) {
                assertThat(all.getComponents()).isNotEmpty();
            }
            return found;
        }
    }
}
