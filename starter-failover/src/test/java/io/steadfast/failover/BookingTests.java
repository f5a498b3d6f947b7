package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.Instance;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.RetryAfter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an outcome means for the instance it came from. */
class BookingTests {

    private final Bench bench = Bench.of("a", "b");

    private double costOf(String id) {
        Member member = bench.pool.members().all().stream()
                .filter(one -> one.instance().id().equals(id))
                .findFirst()
                .orElseThrow();
        return member.cost(bench.timer.ticker().nanos());
    }

    private void answers(Kind kind, @Nullable Duration retryAfter, boolean byException) {
        OutcomeReader reader = new OutcomeReader() {
            @Override
            public @Nullable Diagnosis ofResult(Call call, @Nullable Object result) {
                return new Diagnosis(kind, retryAfter, null);
            }

            @Override
            public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
                return new Diagnosis(kind, retryAfter, null);
            }
        };
        FailoverKey key = call -> {
            throw new IllegalStateException("no key");
        };
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(bench.runtime)
                .reader(reader)
                .trait(FailoverKey.class, key)
                .policy(bench.policy)
                .build();
        try {
            pipeline.call(() -> {
                if (byException) {
                    throw new IOException("answer");
                }
                return "answer";
            });
        } catch (Exception expected) {
            assertThat(expected).isInstanceOf(IOException.class);
        }
    }

    private long failures() {
        return bench.pool.instances().stream().mapToLong(InstanceState::failed).sum();
    }

    private long successes() {
        return bench.pool.instances().stream()
                .mapToLong(InstanceState::succeeded)
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void whenSomebodyUnderstandsTheAnswer_thenThatCountsAndNotHowItCame(Kind kind) {
        answers(kind, null, true);
        answers(kind, null, false);
        boolean fine = kind == Kind.SUCCESS || kind == Kind.CALLERS_OWN;
        assertThat(successes()).isEqualTo(fine ? 2 : 0);
        assertThat(failures()).isEqualTo(fine ? 0 : 2);
    }

    @Test
    void whenTheInstanceAsksToSlowDown_thenItIsAvoidedButNotEjectedForIt() {
        for (int i = 0; i < 20; i++) {
            answers(Kind.THROTTLED, Duration.ofSeconds(40), true);
        }
        assertThat(bench.pool.instances()).allMatch(state -> state.status() == InstanceState.Status.AVAILABLE);
        assertThat(costOf("a")).isCloseTo(40e9, within(1e9));
        bench.pass(Duration.ofSeconds(41));
        assertThat(costOf("a")).isLessThan(1e9);
    }

    @Test
    void whenTheInstanceAsksForTooMuch_thenFiveMinutesAreEnough() {
        answers(Kind.THROTTLED, Duration.ofDays(1), false);
        answers(Kind.THROTTLED, Duration.ofDays(1), false);
        assertThat(costOf("a")).isCloseTo(300e9, within(1e9));
    }

    @Test
    void whenAFailureKnowsWhenToComeBack_thenItIsHeard() {
        Bench.Attempt attempt = bench.attemptAt("a");
        attempt.lease().failed(attempt.call(), 1, new Busy());
        assertThat(costOf("a")).isCloseTo(17e9, within(1e9));
    }

    private static final class Busy extends RuntimeException implements RetryAfter {

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(Duration.ofSeconds(17));
        }
    }

    @Test
    void whenAFailureComesFast_thenTheInstanceDoesNotLookFast() {
        bench.serveAt("a", 1);
        bench.serveAt("b", 1);
        bench.failAt("a", 1);
        assertThat(costOf("a")).isGreaterThan(5e9);
        assertThat(costOf("b")).isLessThan(5e9);
        bench.pass(Duration.ofMillis(5001)); // from the end of the attempt on
        assertThat(costOf("a")).isEqualTo(costOf("b"), within(1e5));
    }

    @Test
    void whenAnInstanceHasNotAnsweredYet_thenOneCallAtATimeFindsOutHowItIs() {
        assertThat(costOf("a")).isZero();
        Bench.Attempt attempt = bench.attemptAt("a");
        assertThat(costOf("a")).isEqualTo(2e9);
        attempt.succeeds();
        assertThat(costOf("a")).isEqualTo(1e6, within(1.0));
    }

    @Test
    void whenAnInstanceIsBusy_thenTheCostGrowsWithItsRequests() {
        bench.serveAt("a", 1);
        List<Bench.Attempt> running = List.of(bench.attemptAt("a"), bench.attemptAt("a"), bench.attemptAt("a"));
        assertThat(costOf("a")).isEqualTo(4e6, within(1.0));
        running.forEach(Bench.Attempt::abandoned);
        assertThat(costOf("a")).isEqualTo(1e6, within(1.0));
    }

    @Test
    void whenTheKeyCannotBeTold_thenTheCallGoesOnWithout() {
        answers(Kind.SUCCESS, null, false);
        assertThat(bench.listener.events())
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains("key"));
        assertThat(successes()).isEqualTo(1);
    }

    @Test
    void whenThereIsAKey_thenTheSameKeyGoesToTheSameInstance() {
        Bench hashed = Bench.of(config -> config.picker(PickerType.CONSISTENT_HASH), "a", "b", "c");
        FailoverKey key = call -> "customer 7";
        for (int i = 0; i < 10; i++) {
            Bench.Attempt attempt = hashed.attempt(Call.of("stock", Map.of(FailoverKey.class, key)));
            attempt.succeeds();
        }
        assertThat(hashed.pool.instances()).extracting(InstanceState::succeeded).containsExactlyInAnyOrder(10L, 0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://gateway/b", "http://GATEWAY:80/b/"})
    void whenInstancesShareAnAddress_thenThePathSaysWhichOneWasPassed(String passed) {
        Bench shared = new Bench(
                Bench.inTurns().build(),
                InstanceSource.of(List.of(
                        new Instance("stock", "a", URI.create("http://gateway/a"), 1, null, Map.of()),
                        new Instance("stock", "b", URI.create("http://gateway/b"), 1, null, Map.of()))));
        PassedInstance toB = call -> URI.create(passed);
        Bench.Attempt attempt = shared.attempt(Call.of("stock", Map.of(PassedInstance.class, toB)));
        attempt.fails();
        assertThat(attempt.id()).isEqualTo("b");
    }
}
