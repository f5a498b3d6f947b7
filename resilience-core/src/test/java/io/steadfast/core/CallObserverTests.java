package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever watches a call is there wherever it is being worked at, and nowhere else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CallObserverTests {

    private static final ThreadLocal<@Nullable String> HERE = new ThreadLocal<>();

    private final HandTimer timer = new HandTimer();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** Hears events where they are told. */
    private final ResilienceListener listener = new ResilienceListener() {
        @Override
        public void policyEvent(PolicyEvent event) {
            seen.add(event.kind() + " " + HERE.get());
        }

        @Override
        public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
            seen.add("completed " + HERE.get());
        }
    };

    private Pipeline pipeline(CallObserver observer, Policy... policies) {
        return pipeline(new PolicyRuntime(timer, timer, listener, ContextCarrier.NONE, observer), policies);
    }

    private static Pipeline pipeline(PolicyRuntime runtime, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("stock").runtime(runtime);
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private Object failOnce() throws IOException {
        seen.add("attempt " + HERE.get());
        if (seen.stream().filter(line -> line.startsWith("attempt")).count() == 1) {
            throw new IOException("down");
        }
        return "ok";
    }

    private Object fail() throws IOException {
        seen.add("attempt " + HERE.get());
        throw new IOException("down");
    }

    @AfterEach
    void nothingIsLeftOnTheThread() {
        assertThat(HERE.get()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsRepeated_thenItIsWatchedFromItsBeginningToItsEnd(Way way) throws Exception {
        way.run(pipeline(new Watcher(), Policies.retry(2)), timer, this::failOnce);
        assertThat(seen)
                .containsExactly(
                        "begin stock",
                        "attempt stock",
                        "RETRYING stock",
                        "attempt stock",
                        "completed stock",
                        "ended SUCCESS 2");
    }

    @ParameterizedTest
    @EnumSource
    void whenAFallbackAnswers_thenItIsWatchedToo(Way way) throws Exception {
        Policy fallback = Policies.fallback(() -> seen.add("fallback " + HERE.get()));
        way.run(pipeline(new Watcher(), fallback), timer, this::fail);
        assertThat(seen)
                .containsExactly(
                        "begin stock",
                        "attempt stock",
                        "FALLBACK_USED stock",
                        "fallback stock",
                        "completed stock",
                        "ended FALLBACK 1");
    }

    @ParameterizedTest
    @EnumSource
    void whenACallFails_thenItEndsOnce(Way way) {
        Pipeline failing = pipeline(new Watcher());
        assertThat(catchThrowable(() -> way.run(failing, timer, this::fail))).isInstanceOf(IOException.class);
        assertThat(seen).containsExactly("begin stock", "attempt stock", "completed stock", "ended FAILURE 1");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheObserverThrows_thenTheCallGoesOn(Way way) throws Exception {
        for (String where : List.of("begin", "enter", "leave", "ended", "close")) {
            for (Throwable thrown : List.of(new IllegalStateException("broken"), new AssertionError("broken"))) {
                seen.clear();
                Pipeline watched = pipeline(new Watcher(where, thrown), Policies.retry(2));
                Object answer = way.run(watched, timer, this::failOnce);
                assertThat(answer).as(where).isEqualTo("ok");
                assertThat(seen)
                        .as(where)
                        .filteredOn(line -> line.startsWith("ended"))
                        .hasSizeLessThan(2);
                HERE.remove();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyWatchesACall_thenItRuns(Way way) throws Exception {
        assertThat(way.run(pipeline((call, surroundings) -> null), timer, () -> "ok"))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void whenThereIsNoObserver_thenCallsAreNoneThatCanBeWatched(Way way) throws Exception {
        List<Class<?>> calls = new CopyOnWriteArrayList<>();
        Policy gate = new Gate() {
            @Override
            public PolicyId id() {
                return new PolicyId("gate", "stock");
            }

            @Override
            public Permit acquire(Call call) {
                calls.add(call.getClass());
                return new CountingGate();
            }
        };
        way.run(pipeline(CallObserver.NONE, gate), timer, () -> "ok");
        way.run(pipeline(new Watcher(), gate), timer, () -> "ok");
        assertThat(calls).containsExactly(Call.class, WatchedCall.class);
    }

    @Test
    void whenAStageEndsOnAStrangersThread_thenWhatIsMadeOfItIsWatched() throws Exception {
        CompletableFuture<Object> own = new CompletableFuture<>();
        CompletableFuture<Object> returned =
                pipeline(new Watcher(), Policies.fallback(() -> "instead")).callAsync(() -> own);
        Thread stranger = new Thread(() -> own.completeExceptionally(new IOException("down")));
        stranger.start();
        stranger.join();
        assertThat(returned).isCompletedWithValue("instead");
        assertThat(seen).containsExactly("begin stock", "FALLBACK_USED stock", "completed stock", "ended FALLBACK 1");
    }

    @Test
    void whenTheCallerHearsTheOutcome_thenTheCallIsOver() {
        CompletableFuture<Object> own = new CompletableFuture<>();
        pipeline(new Watcher()).callAsync(() -> own).thenRun(() -> seen.add("caller " + HERE.get()));
        own.complete("ok");
        assertThat(seen).endsWith("completed stock", "ended SUCCESS 1", "caller null");
    }

    @Test
    void whenAStageIsCancelled_thenItEndsOnce() {
        CompletableFuture<Object> returned =
                pipeline(new Watcher(), Policies.retry(3)).callAsync(CompletableFuture::new);
        returned.cancel(true);
        returned.cancel(true);
        assertThat(seen).containsExactly("begin stock", "completed stock", "ended CANCELLED 1");
    }

    @Test
    void whenAStageIsCancelledWhileItWaits_thenListenersHearOfItWithinTheCall() {
        CompletableFuture<Object> returned = pipeline(new Watcher(), Policies.retry(3))
                .callAsync(() -> {
                    throw new IOException("down");
                });
        assertThat(timer.pending()).isEqualTo(1);
        returned.cancel(true);
        assertThat(seen).containsExactly("begin stock", "RETRYING stock", "completed stock", "ended CANCELLED 1");
    }

    @Test
    void whenTimeRunsOutInAStage_thenWhoeverTellsItIsWatched() {
        CompletableFuture<Object> returned = pipeline(new Watcher(), Policies.limit("attempt", Duration.ofSeconds(1)))
                .callAsync(CompletableFuture::new);
        timer.runAll();
        assertThat(returned).isCompletedExceptionally();
        assertThat(seen).containsExactly("begin stock", "TIMED_OUT stock", "completed stock", "ended TIMEOUT 1");
    }

    @Test
    void whenAttemptsRunBesideEachOther_thenEachIsWatchedOnItsThread() throws Exception {
        PolicyRuntime real = new PolicyRuntime(
                Ticker.system(), Timer.system(), ResilienceListener.NONE, ContextCarrier.NONE, new Watcher());
        pipeline(real, Hedging.after(Duration.ofMillis(20))).call(() -> {
            seen.add("attempt " + HERE.get());
            if (seen.size() == 2) {
                Thread.currentThread().join();
            }
            return "ok";
        });
        assertThat(seen).containsExactly("begin stock", "attempt stock", "attempt stock", "ended SUCCESS 2");
    }

    @Test
    void whenRunOnASeparateThread_thenItIsWatchedThere() throws Exception {
        PolicyRuntime real = new PolicyRuntime(
                Ticker.system(), Timer.system(), ResilienceListener.NONE, ContextCarrier.NONE, new Watcher());
        pipeline(real, CountingLimit.onSeparateThread(Duration.ofMinutes(5)))
                .call(() -> seen.add("attempt " + HERE.get()));
        assertThat(seen).containsExactly("begin stock", "attempt stock", "ended SUCCESS 1");
    }

    /** Is on the threads that its call is on. */
    private final class Watcher implements CallObserver, CallObserver.Watch {

        private final String broken;

        private final Throwable thrown;

        private String name = "";

        Watcher() {
            this("nowhere", new IllegalStateException());
        }

        Watcher(String broken, Throwable thrown) {
            this.broken = broken;
            this.thrown = thrown;
        }

        private void breakAt(String where) {
            if (where.equals(broken) && thrown instanceof Error error) {
                throw error;
            } else if (where.equals(broken)) {
                throw (RuntimeException) thrown;
            }
        }

        @Override
        public Watch begin(Call call, @Nullable Object surroundings) {
            breakAt("begin");
            name = call.name();
            seen.add("begin " + name);
            return this;
        }

        @Override
        public CallObserver.Scope enter() {
            breakAt("enter");
            return swap(name);
        }

        @Override
        public CallObserver.Scope leave() {
            breakAt("leave");
            return swap(null);
        }

        private CallObserver.Scope swap(@Nullable String now) {
            String before = HERE.get();
            HERE.set(now);
            return () -> {
                HERE.set(before);
                breakAt("close");
            };
        }

        @Override
        public void ended(Call call, Outcome outcome, @Nullable Throwable failure) {
            seen.add("ended " + outcome + " " + call.attempts());
            breakAt("ended");
        }

        @Override
        public Object contextKey() {
            return "watcher";
        }

        @Override
        public Object contextValue() {
            return name;
        }
    }
}
