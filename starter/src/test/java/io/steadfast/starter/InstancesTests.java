package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.PolicySlot;
import io.steadfast.failover.Failover;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceState;
import io.steadfast.hedge.Hedge;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallRequest;
import io.steadfast.spring.NamedCalls;
import io.steadfast.spring.Resilient;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Pools of instances and hedges, with all other policies around and inside them. */
class InstancesTests {

    private static final String ONE = "http://one:80";

    private static final String TWO = "http://two:80";

    private final ApplicationContextRunner application = Steadfast.application(Stock.class)
            .withPropertyValues(
                    "resilience.failover.instances.stock.urls=" + ONE + "," + TWO,
                    "resilience.retry.instances.stock.wait-duration=0",
                    "resilience.hedge.instances.stock.delay=50ms",
                    "resilience.hedge.instances.stock.extra-load=1",
                    "resilience.timeout.instances.stock.limit=1s",
                    "resilience.bulkhead.instances.stock.max-concurrent-calls=2");

    @Test
    void whenOneOfTwoIsDead_thenNoCallFails() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            stock.dead().add(ONE);
            for (int call = 0; call < 20; call++) {
                assertThat(stock.resilient(null)).isEqualTo(TWO);
            }
            assertThat(stock.asked().stream().filter(ONE::equals).count())
                    .as("after its failure others are picked, and after five in a row it is ejected")
                    .isLessThanOrEqualTo(5);
        });
    }

    @Test
    void whenThereIsNoRetry_thenTheFailureOfThePickedInstanceIsTheCallers() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            stock.dead().addAll(List.of(ONE, TWO));
            assertThatThrownBy(() -> stock.once(null)).isInstanceOf(ConnectException.class);
            assertThat(stock.asked()).hasSize(1);
        });
    }

    @Test
    void whenAnAttemptTakesLong_thenItsHedgeGoesToTheOtherInstance() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            ManualTimer timer = context.getBean(ManualTimer.class);
            CompletableFuture<String> answer = stock.hedged(null);
            timer.advance(Duration.ofMillis(50));

            assertThat(stock.asked()).hasSize(2).doesNotHaveDuplicates();
            stock.pending().get(1).complete("second");
            assertThat(answer).isCompletedWithValue("second");
            assertThat(stock.pending().get(0)).as("the loser").isCancelled();
            assertThat(states(context.getBean(NamedCalls.class))).allSatisfy(state -> {
                assertThat(state.inFlight()).isZero();
                assertThat(state.failed()).isZero();
            });
        });
    }

    private static List<InstanceState> states(NamedCalls calls) {
        return calls.guard(CallRequest.with("stock", "a test", "failover")).pipeline().slots().stream()
                .map(PolicySlot::policy)
                .filter(FailoverPolicy.class::isInstance)
                .map(FailoverPolicy.class::cast)
                .findAny()
                .orElseThrow()
                .pool()
                .instances();
    }

    static class Stock {

        private final Set<String> dead = ConcurrentHashMap.newKeySet();

        private final List<String> asked = new CopyOnWriteArrayList<>();

        private final List<CompletableFuture<String>> pending = new CopyOnWriteArrayList<>();

        Set<String> dead() {
            return dead;
        }

        List<String> asked() {
            return asked;
        }

        List<CompletableFuture<String>> pending() {
            return pending;
        }

        @Resilient("stock")
        public String resilient(@Nullable URI instance) throws ConnectException {
            return answer(instance);
        }

        @Failover("stock")
        public String once(@Nullable URI instance) throws ConnectException {
            return answer(instance);
        }

        @Timeout("stock")
        @Retry("stock")
        @Hedge("stock")
        @Failover("stock")
        @CircuitBreaker("stock")
        @Bulkhead("stock")
        public CompletableFuture<String> hedged(@Nullable URI instance) {
            asked.add(String.valueOf(instance));
            CompletableFuture<String> answer = new CompletableFuture<>();
            pending.add(answer);
            return answer;
        }

        private String answer(@Nullable URI instance) throws ConnectException {
            asked.add(String.valueOf(instance));
            if (dead.contains(String.valueOf(instance))) {
                throw new ConnectException("nobody there");
            }
            return String.valueOf(instance);
        }
    }
}
