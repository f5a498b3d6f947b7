package io.steadfast.resilience4j.properties;

import java.util.List;
import java.util.Optional;

/** Settings of each kind of policy, worked out as resilience4j 2.4.0 would, and said in our keys. */
final class Translations {

    private Translations() {}

    static OurSettings of(ForeignPolicy policy, Chain chain) {
        OurSettings ours = new OurSettings();
        switch (policy) {
            case CIRCUIT_BREAKER -> new BreakerTranslation(chain, ours).translate();
            case RETRY -> new RetryTranslation(chain, ours).translate();
            case RATE_LIMITER -> rateLimiter(chain, ours);
            case BULKHEAD -> bulkhead(chain, ours);
            case THREAD_POOL_BULKHEAD -> threadPool(chain, ours);
            case TIME_LIMITER -> same(chain, ours, "timeout-duration", "limit", "1s");
            case TIMER -> {}
        }
        return ours;
    }

    /** A key that means the same. */
    static void same(Chain chain, OurSettings ours, String key, Object builtIn) {
        same(chain, ours, key, key, builtIn);
    }

    private static void same(Chain chain, OurSettings ours, String key, String mine, Object builtIn) {
        Optional<Found> found = chain.find(key);
        if (found.isPresent()) {
            ours.put(mine, found.get().raw(), found.get());
        } else {
            ours.builtIn(mine, builtIn);
        }
    }

    /** A list of exceptions. */
    static void exceptions(Chain chain, OurSettings ours, String key, boolean leaveOutUnknown) {
        Optional<Found> found = chain.find(key);
        List<Found.Element> named = found.map(list -> ExceptionNames.ours(list.elements(), leaveOutUnknown))
                .orElse(List.of());
        ours.list(key, named, found.orElse(null));
    }

    private static void rateLimiter(Chain chain, OurSettings ours) {
        same(chain, ours, "limit-for-period", 50);
        same(chain, ours, "limit-refresh-period", "500ns");
        same(chain, ours, "timeout-duration", "5s");
    }

    private static void bulkhead(Chain chain, OurSettings ours) {
        same(chain, ours, "max-concurrent-calls", 25);
        same(chain, ours, "max-wait-duration", "0");
        Optional<Found> waiting = chain.find("max-wait-duration")
                .filter(wait ->
                        wait.duration().filter(length -> !length.isZero()).isPresent());
        if (waiting.isPresent()) {
            ours.put("queue-capacity", 1_000_000, waiting.get());
        } else {
            ours.neutral("queue-capacity", 0);
        }
    }

    private static void threadPool(Chain chain, OurSettings ours) {
        Optional<Found> threads = chain.find("max-thread-pool-size");
        if (threads.isPresent()) {
            ours.put("max-concurrent-calls", threads.get().raw(), threads.get());
        } else {
            ours.builtIn("max-concurrent-calls", Runtime.getRuntime().availableProcessors());
        }
        same(chain, ours, "queue-capacity", 100);
        boolean queue = chain.find("queue-capacity")
                .flatMap(Found::number)
                .filter(capacity -> capacity == 0)
                .isEmpty();
        ours.builtIn("max-wait-duration", queue ? Waits.ENDLESS : "0");
    }
}
