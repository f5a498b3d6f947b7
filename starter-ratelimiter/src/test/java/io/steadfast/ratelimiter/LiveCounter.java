package io.steadfast.ratelimiter;

import java.time.Duration;

/** A counter with terms of its own. */
final class LiveCounter {

    final Terms terms;

    final PermitCounter counter;

    LiveCounter(int limit, long periodNanos, long timeoutNanos, long now) {
        this.terms = new Terms(
                LimiterConfig.builder()
                        .limitForPeriod(limit)
                        .limitRefreshPeriod(Duration.ofNanos(periodNanos))
                        .timeoutDuration(Duration.ofNanos(timeoutNanos))
                        .build(),
                now);
        this.counter = new PermitCounter(terms, now);
    }

    /** The wait, as resilience4j's limiter says it: negative if the permits are not to be had in time. */
    long ask(long now, int permits) {
        if (counter.takeNow(now, permits)) {
            return 0;
        }
        Reserved reserved = counter.reserve(now, permits, terms.timeoutNanos());
        return reserved == null ? -1 : reserved.waitNanos();
    }

    long available(long now) {
        return terms.cycles().limit() - counter.taken(now);
    }
}
