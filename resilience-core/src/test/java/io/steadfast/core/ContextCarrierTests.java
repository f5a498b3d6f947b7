package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever a call goes on, it knows what its caller's thread knew. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContextCarrierTests {

    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private static final ContextCarrier USERS = () -> {
        String user = USER.get();
        return task -> () -> {
            String before = USER.get();
            USER.set(user);
            try {
                task.run();
            } finally {
                USER.set(before);
            }
        };
    };

    private final HandTimer timer = new HandTimer();

    private final List<String> seen = new ArrayList<>();

    private Pipeline pipeline(ContextCarrier carrier, Policy... policies) {
        Pipeline.Builder builder =
                Pipeline.named("call").runtime(new PolicyRuntime(timer, timer, ResilienceListener.NONE, carrier));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private CompletableFuture<String> failTwice() {
        seen.add(USER.get());
        return seen.size() < 3
                ? CompletableFuture.failedFuture(new IOException("down"))
                : CompletableFuture.completedFuture("third");
    }

    @AfterEach
    void forget() {
        USER.remove();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whenAStageIsRetried_thenEachAttemptKnowsTheCaller() {
        USER.set("alice");
        CompletableFuture<String> returned = pipeline(USERS, Policies.retry(3)).callAsync(this::failTwice);
        USER.set("bob");
        timer.runAll();
        assertThat(returned).isCompletedWithValue("third");
        assertThat(seen).containsExactly("alice", "alice", "alice");
        assertThat(USER.get()).as("left on the timer's thread").isEqualTo("bob");
    }

    @Test
    void whenAStageWaits_thenItGoesOnKnowingTheCallerAndNotWhoWokeIt() {
        WaitingGate gate = new WaitingGate(1_000_000_000, true);
        USER.set("alice");
        for (int i = 0; i < 2; i++) {
            pipeline(USERS, gate).callAsync(() -> CompletableFuture.completedFuture(seen.add(USER.get())));
        }
        USER.set("bob");
        gate.wake();
        timer.advance(0);
        timer.runAll();
        assertThat(seen).containsExactly("alice", "alice");
    }

    @Test
    void whenTimeRunsOut_thenWorkIsCancelledByOneWhoKnowsTheCaller() {
        CompletableFuture<String> own = new CompletableFuture<>();
        own.whenComplete((result, failure) -> seen.add(USER.get()));
        USER.set("alice");
        CompletableFuture<String> returned = pipeline(
                        USERS, Policies.limit("attempt", Duration.ofSeconds(1)), Policies.fallback(() -> "unused"))
                .callAsync(() -> own);
        USER.set("bob");
        timer.runAll();
        assertThat(returned).isCompletedExceptionally();
        assertThat(seen).containsExactly("alice");
    }

    @Test
    void whenRunOnASeparateThread_thenItKnowsTheCaller() throws Exception {
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(Ticker.system(), Timer.system(), ResilienceListener.NONE, USERS))
                .policy(CountingLimit.onSeparateThread(Duration.ofMinutes(5)))
                .build();
        USER.set("alice");
        assertThat(pipeline.call(USER::get)).isEqualTo("alice");
        assertThat(pipeline.callAsync(() -> CompletableFuture.completedFuture(USER.get()))
                        .join())
                .isEqualTo("alice");
    }

    /** What somebody's carrier can do wrong. */
    enum Broken implements ContextCarrier {
        CAPTURE_THROWS {
            @Override
            public Carried capture() {
                throw new IllegalStateException("capture");
            }
        },
        CAPTURE_GIVES_NULL {
            @Override
            public Carried capture() {
                return null;
            }
        },
        WRAP_THROWS {
            @Override
            public Carried capture() {
                return task -> {
                    throw new IllegalStateException("wrap");
                };
            }
        },
        WRAP_GIVES_NULL {
            @Override
            public Carried capture() {
                return task -> null;
            }
        },
        THROWS_BEFORE_THE_TASK {
            @Override
            public Carried capture() {
                return task -> () -> {
                    throw new IllegalStateException("before");
                };
            }
        },
        THROWS_AFTER_THE_TASK {
            @Override
            public Carried capture() {
                return task -> () -> {
                    task.run();
                    throw new IllegalStateException("after");
                };
            }
        },
        FORGETS_THE_TASK {
            @Override
            public Carried capture() {
                return task -> () -> {};
            }
        },
        RUNS_THE_TASK_TWICE {
            @Override
            public Carried capture() {
                return task -> () -> {
                    task.run();
                    task.run();
                };
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCarrierIsBroken_thenCallsGoOnWithoutIt(Broken broken) throws Exception {
        WaitingGate gate = new WaitingGate(1_000_000_000, false);
        CompletableFuture<String> returned = pipeline(
                        broken, Policies.limit("total", Duration.ofMinutes(1)), Policies.retry(3), gate)
                .callAsync(this::failTwice);
        timer.runAll();
        assertThat(returned).isCompletedWithValue("third");
        assertThat(seen).hasSize(3);
        assertThat(gate.permits.counts()).isEqualTo("1 succeeded, 2 failed, 0 abandoned");

        CompletableFuture<String> late =
                pipeline(broken, Policies.limit("total", Duration.ofSeconds(1))).callAsync(CompletableFuture::new);
        timer.runAll();
        assertThat(late).isCompletedExceptionally();

        assertThat(pipeline(broken, CountingLimit.onSeparateThread(Duration.ofSeconds(1)))
                        .call(() -> "ok"))
                .isEqualTo("ok");
    }
}
