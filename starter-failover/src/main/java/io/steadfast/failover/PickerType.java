package io.steadfast.failover;

import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.steadfast.failover.pick.Picker;
import io.steadfast.failover.pick.Pickers;
import org.jspecify.annotations.Nullable;

/** How an instance is chosen among those in service. */
public enum PickerType {
    /** Of two instances drawn at random the one that would answer sooner, by its latency and its load. */
    PEAK_EWMA(Pickers::peakEwma),
    /** One after the other. */
    ROUND_ROBIN(Pickers::roundRobin),
    /** One after the other, in proportion to their weights, without runs of the same one. */
    WEIGHTED_ROUND_ROBIN(Pickers::weightedRoundRobin),
    /** The one that serves the fewest requests in relation to its weight. */
    LEAST_CONNECTIONS(Pickers::leastConnections),
    /** The same for the same key, which is the address of a client. */
    IP_HASH(Pickers::ipHash),
    /** The same for the same key; a change of the pool moves few keys, and no instance gets much more than its share. */
    CONSISTENT_HASH(Pickers::consistentHash),
    /** The one a key got first, for as long as it is in service. */
    STICKY(Pickers::sticky);

    private final Function<Pickers, Picker> algorithm;

    PickerType(Function<Pickers, Picker> algorithm) {
        this.algorithm = algorithm;
    }

    /** A picker for one pool, that prefers a zone if there is one to prefer. */
    Picker picker(@Nullable String zone, RandomGenerator random) {
        Pickers pickers = Pickers.drawing(random);
        return pickers.zoneFirst(zone, () -> algorithm.apply(pickers));
    }
}
