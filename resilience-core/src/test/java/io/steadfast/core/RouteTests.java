package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a call has been, where it goes, and what pays for its extra attempts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RouteTests {

    private final HandTimer timer = new HandTimer();

    private static Instance instance(String id) {
        return Instance.of("stock", URI.create("http://" + id));
    }

    private static Lease lease(String id) {
        Instance instance = instance(id);
        return new Lease() {
            @Override
            public Instance instance() {
                return instance;
            }

            @Override
            public void leaving(Duration atMost) {}
        };
    }

    @Test
    void whenNobodyHasGivenAnInstance_thenACallHasNone() {
        Call call = Call.of("stock");
        assertThat(call.lease()).isNull();
        assertThat(call.route().lease()).isNull();
        assertThat(call.route().stops()).isZero();
        assertThat(call.route().hasTried(instance("a"))).isFalse();
    }

    @Test
    void whenARouteIsAskedForAgain_thenItIsTheSame() {
        Call call = Call.of("stock");
        assertThat(call.route()).isSameAs(call.route());
    }

    @Test
    void whenAnInstanceIsTaken_thenItCountsAsTriedFromThenOn() {
        Call call = Call.of("stock");
        Lease a = lease("a");
        call.route().take(a);
        assertThat(call.lease()).isSameAs(a);
        assertThat(call.route().hasTried(instance("a"))).isTrue();
        assertThat(call.route().hasTried(instance("b"))).isFalse();
        call.route().leave(a);
        assertThat(call.lease()).isNull();
        assertThat(call.route().hasTried(instance("a"))).isTrue();
        assertThat(call.route().stops()).isEqualTo(1);
    }

    @Test
    void whenAnEarlierLeaseEnds_thenTheLaterOneStays() {
        Route route = Call.of("stock").route();
        Lease earlier = lease("a");
        Lease later = lease("b");
        route.take(earlier);
        route.take(later);
        route.leave(earlier);
        assertThat(route.lease()).isSameAs(later);
    }

    @Test
    void whenAPartGoesItsOwnWay_thenItSharesTheStopsAndNotTheLease() {
        Route whole = Call.of("stock").route();
        Lease first = lease("a");
        whole.take(first);
        Route part = new Route(whole);
        assertThat(part.lease()).isSameAs(first);
        Lease second = lease("b");
        part.take(second);
        assertThat(whole.lease()).isSameAs(first);
        assertThat(whole.hasTried(instance("b"))).isTrue();
        assertThat(whole.stops()).isEqualTo(2);
    }

    @Test
    void whenClientsHaveNotedSomething_thenTheRouteLeavesThatAlone() {
        Call call = Call.of("stock");
        StringBuilder notes = call.notes(StringBuilder.class, StringBuilder::new);
        call.route().take(lease("a"));
        assertThat(call.notes(StringBuilder.class)).isSameAs(notes);
    }

    @Test
    void whenACallIsTriedAgain_thenItsNotesBeginAnewAndItsRouteGoesOn() throws Exception {
        List<String> seen = new ArrayList<>();
        Gate picking = new Picking();
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(timer.runtime(ResilienceListener.NONE))
                .reader(new OutcomeReader() {
                    @Override
                    public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
                        return null;
                    }
                })
                .policy(new Again(2))
                .policy(picking)
                .build();
        try {
            pipeline.call(() -> {
                Call call = Call.current();
                StringBuilder notes = call.notes(StringBuilder.class, StringBuilder::new);
                seen.add(notes + "@" + call.lease().instance().id() + "/"
                        + call.route().stops());
                notes.append("noted");
                throw new IllegalStateException("down");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("down");
        }
        assertThat(seen).containsExactly("@0/1", "@1/2", "@2/3");
    }

    @Test
    void whenManyThreadsTakeInstances_thenNoStopIsLost() throws Exception {
        Call call = Call.of("stock");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Route>> takers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String id = "i" + i;
                takers.add(() -> {
                    call.route().take(lease(id));
                    return call.route();
                });
            }
            for (Future<Route> route : threads.invokeAll(takers)) {
                assertThat(route.get()).isSameAs(call.route());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(call.route().stops()).isEqualTo(400);
        assertThat(call.route().hasTried(instance("i0"))).isTrue();
        assertThat(call.route().hasTried(instance("i399"))).isTrue();
    }

    @Test
    void whenNoPolicyPays_thenACallHasNoBudget() {
        assertThat(Call.of("stock").budget()).isEmpty();
    }

    @Test
    void whenAPolicyHasABudget_thenThoseAroundItFindIt() throws Exception {
        RetryBudget budget = new RetryBudget(RetryBudgetConfig.defaults(), timer);
        List<Call> calls = new ArrayList<>();
        Picking picking = new Picking() {
            @Override
            public Permit acquire(Call call) {
                calls.add(call);
                assertThat(call.budget()).containsSame(budget);
                return super.acquire(call);
            }
        };
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(timer.runtime(ResilienceListener.NONE))
                .policy(new Paying(budget))
                .policy(picking)
                .build();
        assertThat(pipeline.call(() -> "ok")).isEqualTo("ok");
        assertThat(calls).hasSize(1);
    }

    /** Gives each attempt an instance of its own: 0, 1, 2. */
    private static class Picking implements Gate {

        private int next;

        @Override
        public PolicyId id() {
            return new PolicyId("pick", "stock");
        }

        @Override
        public Permit acquire(Call call) {
            Lease lease = lease(String.valueOf(next++));
            call.route().take(lease);
            return new Permit() {
                @Override
                public void succeeded(Call ended, long elapsedNanos, @Nullable Object result) {
                    ended.route().leave(lease);
                }

                @Override
                public void failed(Call ended, long elapsedNanos, Throwable failure) {
                    ended.route().leave(lease);
                }

                @Override
                public void abandoned(Call ended) {
                    ended.route().leave(lease);
                }
            };
        }
    }

    /** Tries again at once. */
    private record Again(int times) implements Recovery {

        @Override
        public PolicyId id() {
            return new PolicyId("again", "stock");
        }

        @Override
        public Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure) {
            return failure != null && attempt <= times ? Verdict.again(0) : Verdict.keep();
        }
    }

    /** Has a budget, and never uses it. */
    private record Paying(RetryBudget own) implements Recovery, Budgeted {

        @Override
        public PolicyId id() {
            return new PolicyId("again", "stock");
        }

        @Override
        public Optional<RetryBudget> budget() {
            return Optional.of(own);
        }

        @Override
        public Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure) {
            return Verdict.keep();
        }
    }
}
