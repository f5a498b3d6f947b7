package io.steadfast.failover.pick;

import java.util.function.Function;

/** Every picker there is, for what all of them owe. */
enum Kind {
    ROUND_ROBIN(Pickers::roundRobin),
    WEIGHTED_ROUND_ROBIN(Pickers::weightedRoundRobin),
    LEAST_CONNECTIONS(Pickers::leastConnections),
    PEAK_EWMA(Pickers::peakEwma),
    IP_HASH(Pickers::ipHash),
    CONSISTENT_HASH(Pickers::consistentHash),
    STICKY(Pickers::sticky),
    ZONE_FIRST(pickers -> pickers.zoneFirst("a", pickers::weightedRoundRobin));

    private final Function<Pickers, Picker> maker;

    Kind(Function<Pickers, Picker> maker) {
        this.maker = maker;
    }

    Picker seeded(long seed) {
        return maker.apply(Pickers.seeded(seed));
    }

    Picker standard() {
        return maker.apply(Pickers.standard());
    }
}
