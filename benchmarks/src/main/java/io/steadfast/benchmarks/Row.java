package io.steadfast.benchmarks;

import java.util.List;

/**
 * A row of the table: the same method of the same bean, under us and under resilience4j's starter.
 *
 * @param title what the row shows
 * @param ours our side and method
 * @param theirs theirs
 * @param floor the bean behind a proxy that does nothing, called the same way
 * @param threads how many threads call at once
 * @param bar the most that ours may cost, as a part of theirs; 0 where there is no bar
 */
record Row(String title, String ours, String theirs, String floor, int threads, double bar) {

    private static final double TENTH = 1 / 10.0;

    private static final double THIRTIETH = 1 / 30.0;

    static final List<Row> ALL = List.of(
            happy("retry", "retry", TENTH),
            happy("circuit breaker, 100 calls", "breaker", TENTH),
            happy("circuit breaker, 10 s", "timedBreaker", TENTH),
            happy("fallback, not needed", "fallback", TENTH),
            happy("rate limiter", "rateLimiter", TENTH),
            happy("bulkhead", "bulkhead", TENTH),
            new Row(
                    "timeout of a plain method (theirs: of a future)",
                    "Steadfast.timeout",
                    "Resilience4j.timeoutOfFuture",
                    "Floor.call",
                    1,
                    TENTH),
            happy("timeout of a future", "timeoutOfFuture", 0),
            happy("retry + circuit breaker (100 calls) + fallback", "three", 0),
            happy("the same + rate limiter + bulkhead", "five", THIRTIETH),
            new Row(
                    "the same + timeouts, attempt and total (theirs: without)",
                    "Steadfast.six",
                    "Resilience4j.five",
                    "Floor.call",
                    1,
                    0),
            happy("full stack around a future (theirs: no total)", "sixAroundFuture", THIRTIETH),
            new Row("the five, two threads", "Steadfast.five", "Resilience4j.five", "Floor.call", 2, 0),
            new Row(
                    "the three with a meter registry",
                    "MeteredSteadfast.three",
                    "MeteredResilience4j.three",
                    "Floor.call",
                    1,
                    0),
            new Row("the three, two threads", "Steadfast.three", "Resilience4j.three", "Floor.call", 2, 0),
            refused("refused, fallback answers", "refusedWithFallback", TENTH),
            new Row(
                    "the same under " + GuardedMethod.FRAMES_OF_A_REQUEST + " frames",
                    "OpenSteadfast.refusedWithFallbackUnderFrames",
                    "OpenResilience4j.refusedWithFallbackUnderFrames",
                    "Floor.callUnderFrames",
                    1,
                    TENTH),
            refused("refused, no fallback", "refused", 0));

    private static Row happy(String title, String method, double bar) {
        return new Row(title, "Steadfast." + method, "Resilience4j." + method, "Floor.call", 1, bar);
    }

    private static Row refused(String title, String method, double bar) {
        return new Row(title, "OpenSteadfast." + method, "OpenResilience4j." + method, "Floor.call", 1, bar);
    }
}
