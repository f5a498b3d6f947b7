package io.steadfast.resilience4j.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The order service behaves the same under resilience4j's starter and under ours. */
class OrderServiceTests {

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenACallFailsForAWhile_thenItIsRetriedAsOften(Side side) {
        with(side, (orders, context) -> {
            assertThat(Side.outcome(() -> orders.stock(2))).isEqualTo("7 left");
            assertThat(orders.entered()).isEqualTo(3);
            assertThat(Side.outcome(() -> orders.stock(9))).isEqualTo("IOException");
            assertThat(orders.entered()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenAnExceptionIsIgnored_thenItIsNotRetriedAndTheFallbackThatTakesItAnswers(Side side) {
        with(side, (orders, context) -> {
            assertThat(Side.outcome(() -> orders.product("tea"))).isEqualTo("no tea");
            assertThat(orders.entered()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenAResultIsToBeRetried_thenItIs(Side side) {
        with(side, (orders, context) -> {
            assertThat(Side.outcome(orders::order)).isEqualTo("DONE");
            assertThat(orders.entered()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenANameIsAnExpressionWithAConfiguration_thenItsSettingsHold(Side side) {
        with(side, (orders, context) -> {
            assertThat(Side.outcome(orders::reserve)).isEqualTo("IOException");
            assertThat(orders.entered()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenCallsFail_thenTheBreakerOpensAndTheFallbackIsToldOfTheRefusal(Side side) {
        with(side, (orders, context) -> {
            assertThat(outcomes(6, () -> orders.price("tea")))
                    .containsExactly(
                            "price of yesterday",
                            "price of yesterday",
                            "price of yesterday",
                            "price of yesterday",
                            "no price",
                            "no price");
            assertThat(orders.entered()).isEqualTo(4);
            assertThat(state(context, "prices")).isEqualTo("OPEN");
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenABreakerIgnoresAnException_thenItStaysClosed(Side side) {
        with(side, (orders, context) -> {
            assertThat(outcomes(5, () -> orders.catalogue("tea"))).containsOnly("NoSuchProduct");
            assertThat(orders.entered()).isEqualTo(5);
            assertThat(state(context, "catalogue")).isEqualTo("CLOSED");
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenThePermitsAreUsedUp_thenCallsAreRefused(Side side) {
        with(
                side,
                (orders, context) -> assertThat(outcomes(5, orders::search))
                        .containsExactly("found 1", "found 2", "found 3", "refused", "refused"));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenTheBulkheadIsFull_thenTheNextCallIsRefused(Side side) {
        with(side, (orders, context) -> {
            CompletableFuture<String> inFlight = orders.invoice();

            assertThat(Side.outcome(orders::invoice)).isEqualTo("refused");
            assertThat(inFlight).isNotDone();
            assertThat(orders.entered()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenAStageTakesTooLong_thenItTimesOutOrTheFallbackAnswers(Side side) {
        with(side, (orders, context) -> {
            assertThat(Side.outcome(orders::track)).isEqualTo("timed out");
            assertThat(Side.outcome(orders::ship)).isEqualTo("shipped tomorrow");
        });
    }

    static List<String> outcomes(int times, Callable<?> call) {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            outcomes.add(Side.outcome(call));
        }
        return outcomes;
    }

    static String state(ConfigurableApplicationContext context, String breaker) {
        return context.getBean(CircuitBreakerRegistry.class)
                .circuitBreaker(breaker)
                .getState()
                .name();
    }

    private static void with(Side side, Script script) {
        try (ConfigurableApplicationContext context = side.run(OrderService.class, "shop.yml")) {
            script.play(context.getBean(OrderService.class), context);
        }
    }

    private interface Script {
        void play(OrderService orders, ConfigurableApplicationContext context);
    }
}
