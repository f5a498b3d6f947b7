package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.steer.ChangeRefusedException;
import io.steadfast.spring.steer.ChangeRequest;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.LiveChanges;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;

/** Operators, refreshes, changes that end by themselves and calls, all at once: nothing is lost, and nothing is left. */
class SteeringRaceTests {

    private static final int ROUNDS = 60;

    private final Map<String, Object> live = new ConcurrentHashMap<>();

    @Test
    void whenAllHappensAtOnce_thenCallsAreAnswered_andInTheEndEverythingIsAsBefore() {
        Steadfast.inRealTime(SteeredShop.class)
                .withPropertyValues(SteeredShop.SETTINGS)
                .withPropertyValues("resilience.rate-limiter.instances.stock.limit-for-period=100000000")
                .withInitializer(context ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)))
                .run(context -> {
                    LiveChanges changes = context.getBean(LiveChanges.class);
                    SteeredShop shop = context.getBean(SteeredShop.class);
                    ResilienceRefresher refresher = context.getBean(ResilienceRefresher.class);
                    List<String> before = policies(context.getBean(CallCatalogue.class));
                    AtomicBoolean over = new AtomicBoolean();
                    ExecutorService people = Executors.newFixedThreadPool(5);
                    try {
                        List<Future<?>> work = new ArrayList<>();
                        for (int caller = 0; caller < 2; caller++) {
                            work.add(people.submit(() -> {
                                while (!over.get()) {
                                    assertThat(shop.stock()).isIn("three", "none");
                                }
                                return null;
                            }));
                        }
                        List<Future<?>> operators = new ArrayList<>();
                        operators.add(people.submit(() -> steer(changes, "alice", 0)));
                        operators.add(people.submit(() -> steer(changes, "bob", 1)));
                        operators.add(people.submit(() -> {
                            for (int round = 0; round < ROUNDS; round++) {
                                live.put("resilience.retry.instances.stock.max-attempts", 2 + round % 3);
                                assertThat(refresher.refresh().problems()).isEmpty();
                            }
                        }));
                        for (Future<?> operator : operators) {
                            operator.get();
                        }
                        over.set(true);
                        for (Future<?> calls : work) {
                            calls.get();
                        }
                    } finally {
                        over.set(true);
                        people.shutdownNow();
                    }
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> changes.inForce().isEmpty());
                    assertThat(policies(context.getBean(CallCatalogue.class))).isEqualTo(before);
                    assertThat(state(context.getBean(CallCatalogue.class), "circuit-breaker"))
                            .containsEntry("state", "CLOSED");
                    assertThat(state(context.getBean(CallCatalogue.class), "bulkhead"))
                            .containsEntry("in-flight", 0)
                            .containsEntry("queued", 0);
                    assertThat(shop.entriesOf(shop::stock)).isOne();
                });
    }

    /** Half of what is changed ends by itself, the other half is taken back; what others did meanwhile may be in the way. */
    private static void steer(LiveChanges changes, String who, int turn) {
        for (int round = 0; round < ROUNDS; round++) {
            String action = switch ((round + turn) % 5) {
                case 0 -> "force-open";
                case 1 -> "force-closed";
                case 2 -> "disable";
                case 3 -> "reset";
                default -> "change";
            };
            boolean own = round % 2 == 0 && !action.equals("reset");
            try {
                LiveChange made = changes.make(new ChangeRequest(
                        "stock",
                        action,
                        "circuit-breaker",
                        action.equals("change") ? Map.of("failure-rate-threshold", 40 + round % 50) : Map.of(),
                        own || action.equals("reset") ? null : Duration.ofMillis(1 + round % 7),
                        who));
                if (own) {
                    changes.make(new ChangeRequest("stock", "undo", null, Map.of("id", made.id()), null, who));
                }
            } catch (ChangeRefusedException inTheWay) {
                assertThat(inTheWay.reasons())
                        .singleElement()
                        .asString()
                        .containsAnyOf("is disabled (", "has no change '");
            }
        }
    }

    private static List<String> policies(CallCatalogue catalogue) {
        return catalogue.find("stock").orElseThrow().pipeline().stream()
                .map(policy -> policy.id().toString())
                .toList();
    }

    private static Map<String, Object> state(CallCatalogue catalogue, String policy) {
        return catalogue.find("stock").orElseThrow().pipeline().stream()
                .filter(one -> one.id().policy().equals(policy))
                .findFirst()
                .orElseThrow()
                .slot()
                .policy()
                .snapshot();
    }
}
