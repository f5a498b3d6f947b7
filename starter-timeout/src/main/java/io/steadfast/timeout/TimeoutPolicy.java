package io.steadfast.timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Durations;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import io.steadfast.core.PolicyId;
import io.steadfast.core.TimeLimit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what takes too long, with a {@link io.steadfast.core.CallTimeoutException}.
 *
 * <p>An instance has up to two of them, at two places around a call: one of kind {@value #TOTAL} outside the retry, for all
 * attempts and waits together, and one of kind {@value #KIND} inside it, for each attempt. Each is the deadline of everything
 * inside it, see {@link io.steadfast.core.Deadline}.
 *
 * <p>Thread-safe. A call that ends in time touches nothing that calls share.
 */
public final class TimeoutPolicy implements TimeLimit {

    /** The kind of policy, as it is spelled in properties and meters, and the place in the order that limits each attempt. */
    public static final String KIND = "timeout";

    /** The place in the order that limits all attempts together. */
    public static final String TOTAL = "timeout.total";

    private final PolicyId id;

    private final TimeoutConfig config;

    private final long limitNanos;

    private final boolean separateThread;

    private final AtomicInteger stillRunning;

    /**
     * The policy of an instance at one of its places.
     *
     * @param id the place, {@value #KIND} or {@value #TOTAL}, and the instance's name
     * @param config what to go by
     * @throws InvalidSettingsException if the limit of that place is not set
     */
    public TimeoutPolicy(PolicyId id, TimeoutConfig config) {
        this(id, config, new AtomicInteger());
    }

    private TimeoutPolicy(PolicyId id, TimeoutConfig config, AtomicInteger stillRunning) {
        boolean attempt = isAttempt(id.policy());
        this.id = id;
        this.config = config;
        this.stillRunning = stillRunning;
        this.limitNanos = nanos(attempt ? config.limit() : config.total(), attempt ? "limit" : "total");
        this.separateThread = config.separateThread() && (attempt || config.limit() == null);
    }

    /**
     * The limit of each attempt, for plain Java. Belongs inside the retry.
     *
     * @param instance the instance's name
     * @param config what to go by; {@link TimeoutConfig#limit()} must be set
     * @return the policy
     */
    public static TimeoutPolicy attempt(String instance, TimeoutConfig config) {
        return new TimeoutPolicy(new PolicyId(KIND, instance), config);
    }

    /**
     * The limit of the whole call, for plain Java. Belongs outside the retry.
     *
     * @param instance the instance's name
     * @param config what to go by; {@link TimeoutConfig#total()} must be set
     * @return the policy
     */
    public static TimeoutPolicy total(String instance, TimeoutConfig config) {
        return new TimeoutPolicy(new PolicyId(TOTAL, instance), config);
    }

    /**
     * The policy that takes this one's place when settings have changed. Calls under way keep the limit they began with; the two
     * count what is still running together.
     *
     * @param next what to go by from then on
     * @return the policy, at the same place
     * @throws InvalidSettingsException if the limit of that place is not set
     */
    public TimeoutPolicy successor(TimeoutConfig next) {
        return new TimeoutPolicy(id, next, stillRunning);
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public long limitNanos(Call call) {
        return limitNanos;
    }

    @Override
    public boolean separateThread() {
        return separateThread;
    }

    @Override
    public void leftRunning(Call call) {
        stillRunning.incrementAndGet();
    }

    @Override
    public void endedLate(Call call) {
        stillRunning.decrementAndGet();
    }

    /**
     * What this policy goes by.
     *
     * @return the configuration, of both places
     */
    public TimeoutConfig config() {
        return config;
    }

    /**
     * How much goes on although its time is up, because it does not heed being told to end.
     *
     * @return the number of calls (on a thread of their own: of attempts) that this policy has ended and that still run
     */
    public int stillRunning() {
        return stillRunning.get();
    }

    /**
     * What goes on although its time is up.
     *
     * @return {@code still-running}
     */
    @Override
    public Map<String, Object> snapshot() {
        return Map.of("still-running", stillRunning());
    }

    private static boolean isAttempt(String place) {
        if (!place.equals(KIND) && !place.equals(TOTAL)) {
            throw new IllegalArgumentException(
                    "A timeout is at " + KIND + " or at " + TOTAL + ", but was asked to be at " + place);
        }
        return place.equals(KIND);
    }

    private static long nanos(@Nullable Duration limit, String key) {
        if (limit == null) {
            throw new InvalidSettingsException(List.of(new Problem(List.of(key), "is unset")));
        }
        return Durations.nanos(limit);
    }
}
