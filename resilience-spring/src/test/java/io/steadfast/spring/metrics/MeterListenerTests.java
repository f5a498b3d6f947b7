package io.steadfast.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.Verdict;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.toys.ToyBreakerPolicy;
import io.steadfast.spring.toys.ToyRetryPolicy;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class MeterListenerTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    private final ManualTimer timer = new ManualTimer();

    private final MeterListener listener = new MeterListener(
            beans.getBeanProvider(MeterRegistry.class),
            beans.getBeanProvider(CallCatalogue.class),
            MeterSettings.DEFAULTS);

    @BeforeEach
    void start() {
        beans.registerSingleton("registry", registry);
    }

    @Test
    void whenTheTargetAnswers_thenSuccessWithItsDuration() throws Exception {
        pipeline().call(() -> {
            timer.ticker().advance(Duration.ofMillis(30));
            return "answer";
        });

        assertThat(calls(Outcome.SUCCESS).count()).isEqualTo(1);
        assertThat(calls(Outcome.SUCCESS).totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
        assertThat(allCalls()).isEqualTo(1);
    }

    @Test
    void whenTheTargetFails_thenFailure() {
        assertThatThrownBy(() -> pipeline().call(() -> {
                    throw new IllegalStateException("boom");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertOnly(Outcome.FAILURE);
    }

    @Test
    void whenALimitRanOut_thenTimeout() {
        assertThatThrownBy(() -> pipeline().call(() -> {
                    throw new CallTimeoutException("stock", Duration.ofSeconds(1));
                }))
                .isInstanceOf(CallTimeoutException.class);

        assertOnly(Outcome.TIMEOUT);
    }

    @Test
    void whenAPolicyRefuses_thenRefusedAndNoAttempt() {
        ToyBreakerPolicy breaker = new ToyBreakerPolicy("stock", ResilienceListener.NONE);
        breaker.goTo("OPEN");

        assertThatThrownBy(() -> pipeline(breaker).call(() -> "never asked")).isInstanceOf(CircuitOpenException.class);

        assertOnly(Outcome.REFUSED);
        assertThat(attempts()).isZero();
        assertThat(counter(ResilienceMeters.REFUSALS, "stock", "circuit-breaker"))
                .isEqualTo(1);
    }

    @Test
    void whenAFallbackAnswers_thenFallback() throws Exception {
        pipeline(new InsteadOfFailure()).call(() -> {
            throw new IllegalStateException("boom");
        });

        assertOnly(Outcome.FALLBACK);
        assertThat(counter(ResilienceMeters.FALLBACKS, "stock", "failure")).isEqualTo(1);
    }

    @Test
    void whenAFallbackStandsInForARefusalOrATimeout_thenItsKindSaysSo() throws Exception {
        pipeline(new InsteadOfFailure()).call(() -> {
            throw new CallTimeoutException("stock", Duration.ofSeconds(1));
        });
        pipeline(new InsteadOfFailure()).call(() -> {
            throw new CircuitOpenException("stock", "OPEN", null, false);
        });

        assertThat(counter(ResilienceMeters.FALLBACKS, "stock", "timeout")).isEqualTo(1);
        assertThat(counter(ResilienceMeters.FALLBACKS, "stock", "refused")).isEqualTo(1);
    }

    @Test
    void whenATimeLimitRunsOut_thenItsKindIsThatOfTheLimit() {
        listener.policyEvent(event(PolicyEvent.Kind.TIMED_OUT, "timeout.total"));
        listener.policyEvent(event(PolicyEvent.Kind.TIMED_OUT, "timeout"));
        listener.policyEvent(event(PolicyEvent.Kind.TIMED_OUT, "timeout"));

        assertThat(counter(ResilienceMeters.TIMEOUTS, "stock", "total")).isEqualTo(1);
        assertThat(counter(ResilienceMeters.TIMEOUTS, "stock", "attempt")).isEqualTo(2);
    }

    @Test
    void whenRetriesEnd_thenTheirResultSaysWhy() {
        listener.policyEvent(event(PolicyEvent.Kind.RETRYING, "retry"));
        listener.policyEvent(event(PolicyEvent.Kind.RETRIES_EXHAUSTED, "retry"));
        listener.policyEvent(event(PolicyEvent.Kind.BUDGET_EMPTY, "retry"));
        listener.policyEvent(event(PolicyEvent.Kind.RETRY_ABANDONED, "retry"));

        for (String result : List.of("tried", "exhausted", "budget-empty", "abandoned")) {
            assertThat(counter(ResilienceMeters.RETRIES, "stock", result))
                    .as(result)
                    .isEqualTo(1);
        }
    }

    @Test
    void whenARetryBacksOff_thenTheWaitIsTimed() {
        Call call = Call.of("stock");
        listener.waited(
                call, new PolicyId("retry", "stock"), Duration.ofMillis(40).toNanos());

        assertThat(registry.get("resilience.waits")
                        .tags("name", "stock", "policy", "retry")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
    }

    @Test
    void whenACallTookSeveralAttempts_thenTheyAreInItsDistribution_andOneThatTookOneIsNot() throws Exception {
        pipeline(new ToyRetryPolicy("stock", 3)).call(() -> "answer");
        assertThatThrownBy(() -> pipeline(new ToyRetryPolicy("stock", 3)).call(() -> {
                    throw new IllegalStateException("boom");
                }))
                .isInstanceOf(IllegalStateException.class);

        DistributionSummary summary =
                registry.get("resilience.attempts.per-call").summary();
        assertThat(summary.count()).isEqualTo(1);
        assertThat(summary.max()).isEqualTo(3);
        assertThat(summary.takeSnapshot().histogramCounts())
                .extracting(CountAtBucket::bucket)
                .containsExactly(1.0, 2.0, 3.0, 5.0, 10.0);
    }

    @Test
    void whenACallTookLong_thenItIsInTheBucketsAboveItsDuration() throws Exception {
        pipeline().call(() -> {
            timer.ticker().advance(Duration.ofMillis(30));
            return "answer";
        });

        assertThat(calls(Outcome.SUCCESS).takeSnapshot().histogramCounts())
                .filteredOn(bucket -> bucket.count() > 0)
                .extracting(bucket -> bucket.bucket(TimeUnit.MILLISECONDS))
                .startsWith(50.0)
                .hasSize(8);
    }

    @Test
    void whenThereAreNoBuckets_thenThereIsNoHistogram() {
        MeterListener plain = new MeterListener(
                beans.getBeanProvider(MeterRegistry.class),
                beans.getBeanProvider(CallCatalogue.class),
                new MeterSettings(List.of(), false));
        plain.callCompleted(Call.of("stock"), Outcome.SUCCESS, 1_000, null);

        assertThat(calls(Outcome.SUCCESS).takeSnapshot().histogramCounts()).isEmpty();
    }

    @Test
    void whenABoundIsNotAboveZero_thenItIsRefused() {
        assertThatThrownBy(() -> new MeterSettings(List.of(Duration.ZERO), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above zero");
    }

    private static PolicyEvent event(PolicyEvent.Kind kind, String policy) {
        return PolicyEvent.of(kind, new PolicyId(policy, "stock"), "stock", "", null);
    }

    @Test
    void whenTheCallerCancels_thenCancelled() {
        pipeline().callAsync(CompletableFuture::new).cancel(true);

        assertOnly(Outcome.CANCELLED);
    }

    @Test
    void whenTheCallIgnoresTheFailure_thenIgnored() {
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(runtime())
                .ignoring(IllegalArgumentException.class::isInstance)
                .build();

        assertThatThrownBy(() -> pipeline.call(() -> {
                    throw new IllegalArgumentException("the caller's own business");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertOnly(Outcome.IGNORED);
    }

    @Test
    void whenACallIsRetried_thenOneCallAndEachEntryOfTheTargetIsAnAttempt() {
        assertThatThrownBy(() -> pipeline(new ToyRetryPolicy("stock", 3)).call(() -> {
                    throw new IllegalStateException("boom");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertOnly(Outcome.FAILURE);
        assertThat(attempts()).isEqualTo(3);
    }

    @Test
    void whenOneOfTheAttemptsIsRefused_thenItIsNoAttempt() {
        ToyBreakerPolicy breaker = new ToyBreakerPolicy("stock", ResilienceListener.NONE);

        assertThatThrownBy(
                        () -> pipeline(new ToyRetryPolicy("stock", 3), breaker).call(() -> {
                            breaker.goTo("OPEN");
                            throw new IllegalStateException("boom");
                        }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(attempts()).isEqualTo(1);
        assertThat(counter(ResilienceMeters.REFUSALS, "stock", "circuit-breaker"))
                .isEqualTo(1);
        assertThat(allCalls()).isEqualTo(1);
    }

    @Test
    void whenACallIsRecorded_thenNothingIsAllocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Call call = Call.of("stock");
        record(call, 20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        record(call, 10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for 10,000 calls").isLessThan(10_000);
    }

    private void record(Call call, int times) {
        for (int round = 0; round < times; round++) {
            listener.attemptStarted(call);
            listener.callCompleted(call, Outcome.SUCCESS, 1_000, null);
        }
    }

    @Test
    void whenTheRegistryFails_thenCallsAreNotAffectedAndItIsAskedOnlyOnce() throws Exception {
        int[] asked = {0};
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                asked[0]++;
                throw new IllegalStateException("no meters today");
            }
        });

        assertThat(pipeline().<String>call(() -> "answer")).isEqualTo("answer");
        assertThat(pipeline().<String>call(() -> "answer")).isEqualTo("answer");
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    void whenThereIsNoRegistryAtAll_thenCallsAreNotAffected() throws Exception {
        beans.destroySingleton("registry");
        listener.afterSingletonsInstantiated();

        assertThat(pipeline().<String>call(() -> "answer")).isEqualTo("answer");
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whenTheRegistryComesDuringStartup_thenItIsUsedFromThenOn() throws Exception {
        beans.destroySingleton("registry");
        pipeline().call(() -> "too early to be counted");
        beans.registerSingleton("registry", registry);

        pipeline().call(() -> "counted");

        assertThat(allCalls()).isEqualTo(1);
    }

    @Test
    void whenAnotherThreadCallsDuringStartup_thenItLooksNoBeanUp() throws Exception {
        Thread other = new Thread(() -> listener.attemptStarted(Call.of("stock")));
        other.start();
        other.join();

        assertThat(registry.getMeters()).isEmpty();

        listener.afterSingletonsInstantiated();
        listener.attemptStarted(Call.of("stock"));
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void whenThereAreSeveralRegistriesAndNoneIsPrimary_thenAllAreFed() throws Exception {
        MeterRegistry second = new SimpleMeterRegistry();
        beans.registerSingleton("second", second);

        pipeline().call(() -> "answer");

        assertThat(attempts()).isEqualTo(1);
        assertThat(second.get("resilience.attempts").counter().count()).isEqualTo(1);
    }

    @Test
    void whenPipelinesBuiltInCodeUseEverNewNames_thenMetersAreBounded() {
        for (int number = 0; number < 3 * MeterListener.MOST_FOREIGN_NAMES; number++) {
            listener.attemptStarted(Call.of("order " + number));
        }

        assertThat(registry.find("resilience.attempts").counters()).hasSize(MeterListener.MOST_FOREIGN_NAMES);
    }

    @Test
    void whenTagsDoNotFitTheMeter_thenItIsRefused() {
        assertThatThrownBy(() -> ResilienceMeters.CALLS.tags("stock"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resilience.calls has the tags [name, outcome]");
    }

    private PolicyRuntime runtime() {
        return new PolicyRuntime(timer.ticker(), timer, listener);
    }

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder pipeline = Pipeline.named("stock").runtime(runtime());
        for (Policy policy : policies) {
            pipeline.policy(policy);
        }
        return pipeline.build();
    }

    private void assertOnly(Outcome outcome) {
        assertThat(calls(outcome).count()).as(outcome.tag()).isEqualTo(1);
        assertThat(allCalls()).as("calls of all outcomes").isEqualTo(1);
    }

    private Timer calls(Outcome outcome) {
        return registry.get("resilience.calls")
                .tags("name", "stock", "outcome", outcome.tag())
                .timer();
    }

    private long allCalls() {
        return registry.find("resilience.calls").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private double attempts() {
        return counter(ResilienceMeters.ATTEMPTS, "stock");
    }

    private double counter(ResilienceMeters meter, String... tags) {
        Counter counter = registry.get(meter.meterName()).tags(meter.tags(tags)).counter();
        return counter.count();
    }

    /** A fallback. */
    private static final class InsteadOfFailure implements Recovery {

        @Override
        public PolicyId id() {
            return new PolicyId("fallback", "stock");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            return failure == null ? Verdict.keep() : Verdict.instead(() -> "stale answer");
        }
    }
}
