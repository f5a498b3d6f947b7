package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.SettingsCheck;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/** The limit of this process: one for all calls without a key, and one for each key. */
final class LocalLimit implements Limit {

    private static final AtomicReferenceFieldUpdater<LocalLimit, KeyTable> KEYS =
            AtomicReferenceFieldUpdater.newUpdater(LocalLimit.class, KeyTable.class, "keys");

    private static final Duration DEFAULT_IDLE_TIME = Duration.ofMinutes(10);

    private final Ticker ticker;

    private final Terms terms;

    private volatile PermitCounter common;

    private volatile LimiterConfig config;

    /** Only once there is a key: it has room for as many as there may be. */
    private volatile @Nullable KeyTable keys;

    private final Announcements announcements;

    /** How resilience4j's registry shows this limit, if it does. */
    private volatile @Nullable RegistryLimiter face;

    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * A limit whose first period begins now.
     *
     * @param name the instance's name
     * @param config the settings
     * @param runtime the clock
     */
    LocalLimit(String name, LimiterConfig config, PolicyRuntime runtime) {
        this.ticker = runtime.ticker();
        long now = ticker.nanos();
        this.terms = new Terms(config, now);
        this.common = new PermitCounter(terms, now);
        this.config = config;
        this.announcements = new Announcements(name);
    }

    /**
     * Goes by other settings from now on: what has been taken of the present period stays taken, and calls that wait go on. Keys
     * are kept if there may be as many of them as before.
     */
    @Override
    public void goBy(LimiterConfig next) {
        LimiterConfig before = config;
        config = next;
        terms.goBy(next, ticker.nanos());
        KeyTable present = keys;
        if (present != null) {
            present.forgetAfter(idleTime(next).toNanos());
        }
        if (next.maxKeys() != before.maxKeys()) {
            forgetKeys();
        }
        RegistryLimiter shown = face;
        if (shown != null) {
            shown.show(next);
        }
    }

    @Override
    public void forgetKeys() {
        keys = null;
    }

    /** Gives everybody a full limit. Calls that wait for permits of later periods get them in addition. */
    void refill() {
        common = new PermitCounter(terms, ticker.nanos());
        forgetKeys();
    }

    void showAs(RegistryLimiter limiter) {
        face = limiter;
    }

    private KeyTable keys() {
        KeyTable present = keys;
        if (present == null) {
            LimiterConfig now = config;
            KeyTable made = new KeyTable(terms, now.maxKeys(), idleTime(now).toNanos());
            if (KEYS.compareAndSet(this, null, made) && config == now) {
                return made;
            }
            KEYS.compareAndSet(this, made, null); // by settings that are over
            return keys();
        }
        return present;
    }

    private static Duration idleTime(LimiterConfig config) {
        if (config.keyIdleTime() != null) {
            return config.keyIdleTime();
        }
        Duration period = config.limitRefreshPeriod();
        return period.compareTo(DEFAULT_IDLE_TIME) > 0 ? period : DEFAULT_IDLE_TIME;
    }

    @Override
    public Permit acquire(Call call, @Nullable String key, int permits) {
        long now = call.attemptNanos(ticker);
        boolean sure = false;
        while (true) {
            PermitCounter counter = key == null ? common : keys().counter(key, now);
            if (counter.takeNow(now, permits)) {
                announcements.admitted(permits);
                return Admitted.PERMIT;
            }
            Reserved reserved = reserve(counter, now, permits);
            if (reserved != null) {
                return new Turn(reserved, waiting);
            }
            if (counter.isRetired()) {
                continue; // forgotten between two lines of this loop
            }
            if (!sure && available(counter, now) < 0) {
                sure = true; // others are in a later period: was this thread held up since it read the clock?
                now = ticker.nanos();
                continue;
            }
            announcements.refused(permits);
            throw refusal(call, counter, now, permits);
        }
    }

    private @Nullable Reserved reserve(PermitCounter counter, long now, int permits) {
        long timeout = terms.timeoutNanos();
        Reserved reserved = timeout > 0 ? counter.reserve(now, permits, timeout) : null;
        if (reserved != null) {
            announcements.admitted(permits);
        }
        return reserved;
    }

    private RateLimitedException refusal(Call call, PermitCounter counter, long now, int permits) {
        long timeout = terms.timeoutNanos();
        if (!terms.canEverGive(permits)) {
            return new RateLimitedException(
                    call.name(),
                    null,
                    "it takes " + permits + " permits, but its rate limit has "
                            + terms.cycles().limit()
                            + " in a period and lets no call wait longer than "
                            + SettingsCheck.text(Duration.ofNanos(timeout)));
        }
        long comeBack = Math.max(0, counter.waitNanos(now, permits) - timeout);
        return new RateLimitedException(call.name(), Duration.ofNanos(comeBack));
    }

    /** Below zero if calls have reserved permits of later periods. */
    private long available(PermitCounter counter, long now) {
        return terms.cycles().limit() - counter.taken(now);
    }

    @Override
    public void describe(Map<String, Object> snapshot) {
        long now = ticker.nanos();
        KeyTable present = keys;
        KeyTable.Census census = present == null ? KeyTable.Census.NONE : present.census(now);
        snapshot.put("available", Math.max(0, available(common, now)));
        int limit = terms.cycles().limit();
        snapshot.put("limit", limit);
        snapshot.put("limit-for-period", limit);
        snapshot.put("waiting", waiting.get());
        snapshot.put("keys", census.keys());
        snapshot.put("used-up-keys", census.usedUp());
    }

    /** Takes what calls without a key have left of this period. */
    void drain() {
        announcements.drained((int) common.drain(ticker.nanos()));
    }

    /** Permits that calls without a key have left; below zero if they have reserved some of later periods. */
    long available() {
        return available(common, ticker.nanos());
    }

    int waiting() {
        return waiting.get();
    }

    Terms terms() {
        return terms;
    }

    Announcements announcements() {
        return announcements;
    }

    void changeLimit(int permits) {
        terms.changeLimit(permits, ticker.nanos());
    }
}
