package io.steadfast.hedge;

/**
 * Random numbers that are the same on every JVM: SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014), and logarithms from {@link StrictMath}.
 */
final class SimulatedChance {

    private long state;

    SimulatedChance(long seed) {
        this.state = seed;
    }

    /** Between 0 and 1. */
    double next() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1.0p-53;
    }

    /** A time between two events that know nothing of each other. */
    long exponential(double meanNanos) {
        return (long) (-StrictMath.log(1 - next()) * meanNanos);
    }
}
