package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.ResilienceListener;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.retry.Retry;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The numbers of the guide: 20 calls at once, 10 permits a second, 3 attempts with waits of 100 and 200 ms. */
class RateLimiterOrderTests {

    private final ManualTimer timer = new ManualTimer();

    private final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE);

    private final long startNanos = timer.ticker().nanos();

    /** How often the target was entered, by the second. */
    private final TreeMap<Integer, Integer> entries = new TreeMap<>();

    private int answered;

    private int refused;

    private int failed;

    private Policy limiter(Duration timeout) {
        LimiterConfig config = LimiterConfig.builder()
                .limitForPeriod(10)
                .timeoutDuration(timeout)
                .build();
        return new RateLimiterPolicy(new PolicyId(RateLimiterPolicy.KIND, "geocoder"), config, runtime);
    }

    private Policy retry() {
        return new RetryPolicy(
                new PolicyId("retry", "geocoder"),
                RetryConfig.builder().jitter(0).build(),
                runtime);
    }

    private void callTwentyTimes(boolean up, Policy... outermostFirst) {
        Pipeline.Builder pipeline = Pipeline.named("geocoder").runtime(runtime);
        for (Policy policy : outermostFirst) {
            pipeline.policy(policy);
        }
        Pipeline built = pipeline.build();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int call = 0; call < 20; call++) {
            calls.add(built.callAsync(() -> target(up)));
        }
        timer.advance(Duration.ofMinutes(1));
        for (CompletableFuture<String> call : calls) {
            assertThat(call).isDone();
            Throwable failure = call.handle((answer, thrown) -> thrown).join();
            answered += failure == null ? 1 : 0;
            refused += failure instanceof RateLimitedException ? 1 : 0;
            failed += failure instanceof IOException ? 1 : 0;
        }
    }

    private CompletableFuture<String> target(boolean up) {
        int second = (int) ((timer.ticker().nanos() - startNanos) / 1_000_000_000);
        entries.merge(second, 1, Integer::sum);
        return up
                ? CompletableFuture.completedFuture("found")
                : CompletableFuture.failedFuture(new IOException("connection reset"));
    }

    @Test
    void whenTheTargetIsWell_thenInsideAndOutsideAreTheSame() {
        callTwentyTimes(true, retry(), limiter(Duration.ZERO));
        assertThat(List.of(answered, failed, refused)).containsExactly(10, 0, 10);
        assertThat(entries).containsOnly(Map.entry(0, 10));
    }

    @Test
    void whenTheTargetIsWellAndTheLimiterOutside_thenItIsTheSame() {
        callTwentyTimes(true, limiter(Duration.ZERO), retry());
        assertThat(List.of(answered, failed, refused)).containsExactly(10, 0, 10);
        assertThat(entries).containsOnly(Map.entry(0, 10));
    }

    @Test
    void whenTheTargetIsDownAndTheLimiterInside_thenItIsNeverEnteredMoreOftenThanTheLimitSays() {
        callTwentyTimes(false, retry(), limiter(Duration.ZERO));
        assertThat(List.of(answered, failed, refused)).containsExactly(0, 10, 10);
        assertThat(entries).containsOnly(Map.entry(0, 10));
    }

    @Test
    void whenTheTargetIsDownAndTheLimiterOutside_thenEachCallLetInIsMadeThreeTimes() {
        callTwentyTimes(false, limiter(Duration.ZERO), retry());
        assertThat(List.of(answered, failed, refused)).containsExactly(0, 10, 10);
        assertThat(entries).containsOnly(Map.entry(0, 30));
    }

    @Test
    void whenCallsMayWaitAndTheLimiterIsInside_thenAttemptsAreSpreadOverTheSeconds() {
        callTwentyTimes(false, retry(), limiter(Duration.ofSeconds(10)));
        assertThat(List.of(answered, failed, refused)).containsExactly(0, 20, 0);
        assertThat(entries.values()).containsExactly(10, 10, 10, 10, 10, 10);
    }

    @Test
    void whenCallsMayWaitAndTheLimiterIsOutside_thenCallsAreSpreadOverTheSeconds() {
        callTwentyTimes(false, limiter(Duration.ofSeconds(10)), retry());
        assertThat(List.of(answered, failed, refused)).containsExactly(0, 20, 0);
        assertThat(entries.values()).containsExactly(30, 30);
    }

    @Test
    void whenTheOrderOfACallIsTurnedRound_thenTheLimitCountsCallsAndNotAttempts() {
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        RateLimiterAutoConfiguration.class,
                        RetryAutoConfiguration.class))
                .withBean(Geocoder.class)
                .withPropertyValues(
                        "resilience.rate-limiter.instances.geocoder.limit-for-period=10",
                        "resilience.rate-limiter.instances.geocoder.limit-refresh-period=1h",
                        "resilience.retry.instances.geocoder.wait-duration=0");
        application.run(
                context -> assertThat(entered(context.getBean(Geocoder.class))).isEqualTo(10));
        application
                .withPropertyValues(
                        "resilience.calls.geocoder.order=fallback, timeout.total, rate-limiter, retry, timeout")
                .run(context ->
                        assertThat(entered(context.getBean(Geocoder.class))).isEqualTo(30));
    }

    private static int entered(Geocoder geocoder) {
        for (int call = 0; call < 20; call++) {
            try {
                geocoder.find();
            } catch (IOException | RateLimitedException failure) {
                // both are what the caller would get
            }
        }
        return geocoder.entered();
    }

    static class Geocoder {

        private int entered;

        @Retry("geocoder")
        @RateLimiter("geocoder")
        public void find() throws IOException {
            entered++;
            throw new IOException("connection reset");
        }

        int entered() {
            return entered;
        }
    }
}
