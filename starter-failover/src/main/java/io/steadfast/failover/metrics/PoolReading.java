package io.steadfast.failover.metrics;

import java.util.List;

import io.steadfast.core.time.Ticker;
import io.steadfast.failover.InstanceState;
import io.steadfast.failover.Pool;
import org.jspecify.annotations.Nullable;

/** What a pool says of its instances, read once for all gauges that one scrape asks for. */
final class PoolReading {

    private static final long FRESH_NANOS = 500_000_000;

    private final Pool pool;

    private final Ticker ticker;

    private volatile @Nullable Taken last;

    PoolReading(Pool pool, Ticker ticker) {
        this.pool = pool;
        this.ticker = ticker;
    }

    List<InstanceState> instances() {
        Taken known = last;
        long now = ticker.nanos();
        if (known == null || now - known.atNanos >= FRESH_NANOS) {
            known = new Taken(pool.instances(), now);
            last = known; // two that read at once do no harm
        }
        return known.instances;
    }

    private record Taken(List<InstanceState> instances, long atNanos) {}
}
