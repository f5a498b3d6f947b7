package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import io.steadfast.core.ResilienceListener;
import io.steadfast.test.ManualTimer;

/** A limiter on a clock of its own, and calls to it. */
final class Bench {

    final ManualTimer timer = new ManualTimer();

    final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE);

    final RateLimiterPolicy limiter;

    Bench(LimiterConfigBuilder settings) {
        this.limiter =
                new RateLimiterPolicy(new PolicyId(RateLimiterPolicy.KIND, "geocoder"), settings.build(), runtime);
    }

    /** Ten permits a second, and no waiting. */
    static LimiterConfigBuilder tenASecond() {
        return LimiterConfig.builder().limitForPeriod(10).limitRefreshPeriod(Duration.ofSeconds(1));
    }

    void advance(Duration by) {
        timer.advance(by);
    }

    Permit acquire(int permits) {
        return limiter.acquire(call(permits, null));
    }

    Permit acquire(String key) {
        return limiter.acquire(call(1, key));
    }

    static Call call(int permits, String key) {
        return Call.of(
                "geocoder", Map.of(RateLimiterUse.class, new RateLimiterUse(permits, key == null ? null : any -> key)));
    }

    /** Whether a call is let in at once; one that would have to wait gives up. */
    boolean isAdmitted(Call call) {
        try {
            Permit permit = limiter.acquire(call);
            if (permit instanceof Reservation turn) {
                turn.withdraw(call);
                return false;
            }
            return true;
        } catch (RateLimitedException refusal) {
            return false;
        }
    }

    /** How many calls of one permit are let in at once. */
    int admitted(String key) {
        int count = 0;
        while (isAdmitted(call(1, key))) {
            count++;
        }
        return count;
    }

    RateLimitedException refusal(Call call) {
        try {
            limiter.acquire(call);
        } catch (RateLimitedException refusal) {
            return refusal;
        }
        throw new AssertionError("The call was let in");
    }

    void assertSnapshot(String key, Object value) {
        assertThat(limiter.snapshot()).containsEntry(key, value);
    }
}
