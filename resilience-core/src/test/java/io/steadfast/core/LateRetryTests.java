package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.PolicyEvent.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A retry whose wait does not fit the time that is left fails at once, and says so. */
class LateRetryTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final AtomicInteger entries = new AtomicInteger();

    private Pipeline pipeline(long totalNanos, Policy... inside) {
        Pipeline.Builder builder = Pipeline.named("call")
                .runtime(timer.runtime(journal))
                .policy(Policies.limit("total", Duration.ofNanos(totalNanos)));
        for (Policy policy : inside) {
            builder.policy(policy);
        }
        return builder.build();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(timer.pending()).isZero();
        assertThat(Deadline.current()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheWaitDoesNotFit_thenTheTargetsFailureStandsWithTheRefusalSuppressed(Way way) {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        Throwable thrown = catchThrowable(() -> way.run(pipeline(2 * SECOND, Policies.retry(9)), timer, () -> {
            throw entries.incrementAndGet() == 1 ? first : second;
        }));
        assertThat(thrown).isSameAs(second);
        assertThat(thrown.getSuppressed()).hasSize(2).contains(first);
        assertThat(thrown.getSuppressed())
                .anySatisfy(suppressed -> assertThat(suppressed)
                        .isInstanceOf(DeadlineExceededException.class)
                        .hasMessageContaining("'call'"));
        assertThat(timer.nanos()).as("time of the end").isEqualTo(SECOND);
        assertThat(journal.kinds()).containsExactly(Kind.RETRYING, Kind.RETRY_ABANDONED);
        assertThat(journal.events.get(1).detail())
                .isEqualTo("the next attempt, in 1000 ms, would begin after the deadline, in 1000 ms");
        assertThat(journal.outcomes).containsExactly(Outcome.FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheWaitJustFits_thenItIsRetried(Way way) throws Exception {
        assertThat(way.run(pipeline(SECOND + 1, Policies.retry(2)), timer, this::failOnce))
                .isEqualTo("ok");
    }

    private Object failOnce() throws IOException {
        if (entries.incrementAndGet() == 1) {
            throw new IOException("down");
        }
        return "ok";
    }

    @ParameterizedTest
    @EnumSource
    void whenOnlyAnInheritedDeadlineHolds_thenItCounts(Way way) throws Exception {
        Pipeline bare = Pipeline.named("call")
                .runtime(timer.runtime(journal))
                .policy(Policies.retry(2))
                .build();
        Throwable thrown = Deadline.in(Duration.ofMillis(500), timer)
                .call(() -> catchThrowable(() -> way.run(bare, timer, this::failOnce)));
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(journal.kinds()).containsExactly(Kind.RETRY_ABANDONED);
    }

    @ParameterizedTest
    @EnumSource
    void whenAResultIsToBeRetried_thenItStands(Way way) throws Exception {
        Recovery dissatisfied = new Recovery() {
            @Override
            public PolicyId id() {
                return new PolicyId("retry", "test");
            }

            @Override
            public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
                return Verdict.again(SECOND);
            }
        };
        Object answer = way.run(pipeline(2 * SECOND + 1, dissatisfied), timer, entries::incrementAndGet);
        assertThat(answer).isEqualTo(3);
        assertThat(journal.kinds()).containsExactly(Kind.RETRYING, Kind.RETRYING, Kind.RETRY_ABANDONED);
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void whenAFallbackLiesOutside_thenItAnswersWithoutTheWait(Way way) throws Exception {
        Pipeline pipeline = Pipeline.named("call")
                .runtime(timer.runtime(journal))
                .policy(Policies.fallback(() -> "instead"))
                .policy(Policies.limit("total", Duration.ofMillis(500)))
                .policy(Policies.retry(3))
                .build();
        assertThat(way.run(pipeline, timer, this::failOnce)).isEqualTo("instead");
        assertThat(timer.nanos()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenAllTimeIsUsedUp_thenThatIsSaid(Way way) {
        Pipeline outer = pipeline(2 * SECOND, Policies.retry(3), Policies.limit("attempt", Duration.ofSeconds(9)));
        Throwable thrown = catchThrowable(() -> way.run(outer, timer, () -> {
            timer.lag(2 * SECOND);
            throw new IOException("down");
        }));
        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(journal.events)
                .filteredOn(event -> event.kind() == Kind.RETRY_ABANDONED)
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("the deadline has passed"));
    }
}
