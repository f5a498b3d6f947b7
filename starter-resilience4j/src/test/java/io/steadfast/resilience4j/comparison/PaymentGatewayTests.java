package io.steadfast.resilience4j.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The payment gateway's client behaves the same under resilience4j's starter and under ours. */
class PaymentGatewayTests {

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenTheBreakerIsAroundTheRetry_thenItCountsCallsAndNotAttempts(Side side) {
        with(side, (gateway, context) -> {
            gateway.fail(new IOException("down"));

            assertThat(OrderServiceTests.outcomes(3, () -> gateway.pay(5)))
                    .containsExactly("IOException", "IOException", "refused");
            assertThat(gateway.entered()).isEqualTo(6);
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenTheOpenTimeIsOver_thenATrialClosesTheBreaker(Side side) {
        with(side, (gateway, context) -> {
            gateway.fail(new IOException("down"));
            OrderServiceTests.outcomes(2, () -> gateway.pay(5));
            gateway.fail(null);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Side.outcome(() -> gateway.pay(5)).equals("paid 5"));
            assertThat(OrderServiceTests.state(context, "gateway")).isEqualTo("CLOSED");
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenAnExceptionIsNotListed_thenItIsNeitherRetriedNorCounted(Side side) {
        with(side, (gateway, context) -> {
            gateway.fail(new IllegalArgumentException("no such card"));

            assertThat(OrderServiceTests.outcomes(4, () -> gateway.pay(5))).containsOnly("IllegalArgumentException");
            assertThat(gateway.entered()).isEqualTo(4);
            assertThat(OrderServiceTests.state(context, "gateway")).isEqualTo("CLOSED");
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenCallsAreSlow_thenTheBreakerOpens(Side side) {
        with(side, (gateway, context) -> {
            assertThat(OrderServiceTests.outcomes(3, gateway::book)).containsExactly("booked", "booked", "refused");
            assertThat(OrderServiceTests.state(context, "ledger")).isEqualTo("OPEN");
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenAPredicateNamesAResult_thenItCountsAsAFailure(Side side) {
        with(
                side,
                (gateway, context) -> assertThat(OrderServiceTests.outcomes(3, () -> gateway.check("UNSURE")))
                        .containsExactly("UNSURE", "UNSURE", "refused"));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenAPredicateNamesAFailure_thenOthersCountAsSuccesses(Side side) {
        with(side, (gateway, context) -> {
            gateway.fail(new IllegalArgumentException("no such card"));
            assertThat(OrderServiceTests.outcomes(3, () -> gateway.check(""))).containsOnly("IllegalArgumentException");
            gateway.fail(new IOException("down"));
            assertThat(OrderServiceTests.outcomes(4, () -> gateway.check("")))
                    .containsExactly("IOException", "IOException", "IOException", "refused");
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenABreakerBeginsForcedOpen_thenItRefuses(Side side) {
        with(
                side,
                (gateway, context) -> assertThat(Side.outcome(gateway::frozen)).isEqualTo("refused"));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whenABulkheadIsAPool_thenItsCallsAnswer(Side side) {
        with(
                side,
                (gateway, context) -> assertThat(Side.outcome(gateway::receipt)).isEqualTo("receipt"));
    }

    private static void with(Side side, Script script) {
        try (ConfigurableApplicationContext context = side.run(PaymentGateway.class, "payment.yml")) {
            script.play(context.getBean(PaymentGateway.class), context);
        }
    }

    private interface Script {
        void play(PaymentGateway gateway, ConfigurableApplicationContext context);
    }
}
