package io.steadfast.samples.storefront.services;

import java.util.concurrent.atomic.AtomicReference;

/** How many requests a service can take in a second. */
final class Capacity {

    private final int perSecond;

    private final AtomicReference<Load> load = new AtomicReference<>(new Load(0, 0));

    Capacity(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Counts a request that comes in this second, and says whether it can be taken. */
    boolean take(long second) {
        return load.updateAndGet(now -> now.oneMoreIn(second)).requests() <= perSecond;
    }

    private record Load(long second, int requests) {

        Load oneMoreIn(long now) {
            return new Load(now, now == second ? requests + 1 : 1);
        }
    }
}
