package io.steadfast.failover.pick;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Makes the pickers that come with the library. Each of them is thread-safe, takes no lock and allocates nothing on the way of a call,
 * keeps to an instance's weight and share of traffic as its own documentation says, and asks a number of candidates per pick that does
 * not grow with the pool. A picker belongs to one pool; make another one for another pool.
 */
public final class Pickers {

    /** How many keys a {@link #sticky() sticky} picker remembers at most, unless told otherwise. */
    public static final int STICKY_KEYS = 100_000;

    private final LongSupplier random;

    private Pickers(LongSupplier random) {
        this.random = random;
    }

    /**
     * Pickers that differ from run to run, so that the callers of a service do not move in step.
     *
     * @return makes pickers
     */
    public static Pickers standard() {
        return new Pickers(() -> ThreadLocalRandom.current().nextLong());
    }

    /**
     * Pickers that draw from given random numbers.
     *
     * @param random thread-safe
     * @return makes pickers
     */
    public static Pickers drawing(RandomGenerator random) {
        return new Pickers(random::nextLong);
    }

    /**
     * Pickers that choose the same in every run, if they are asked the same; for tests.
     *
     * @param seed where to begin
     * @return makes pickers, which share one sequence of random numbers
     */
    public static Pickers seeded(long seed) {
        return new Pickers(new Random(seed)::nextLong);
    }

    /**
     * One after the other, beginning anywhere. Weights do not matter, except 0; a candidate that is not ready for all of its traffic is
     * left out in some rounds.
     *
     * @return a new picker
     */
    public Picker roundRobin() {
        return new RoundsPicker(random, false);
    }

    /**
     * One after the other, the heavier ones more often: in proportion to weight and share, with the turns of each spread as evenly as
     * they go over a sequence that is made ahead.
     *
     * @return a new picker
     */
    public Picker weightedRoundRobin() {
        return new RoundsPicker(random, true);
    }

    /**
     * Whoever serves the fewest requests for its weight and share. Exact among few; among many, the best of some taken at random,
     * because nobody can keep a thousand counts sorted that others change.
     *
     * @return a new picker
     */
    public Picker leastConnections() {
        return new LeastConnectionsPicker(random);
    }

    /**
     * The better of two taken at random, by {@linkplain Candidate#cost what a request would cost there} for its weight and share.
     *
     * @return a new picker
     */
    public Picker peakEwma() {
        return new TwoChoicesPicker(random);
    }

    /**
     * The same instance for the same key, while it is in service and has not {@linkplain #consistentHash() too much to do}, where the
     * key is the address of a client: an {@link java.net.InetAddress}, an {@link java.net.InetSocketAddress}, or its text, of which a
     * port is left out.
     *
     * @return a new picker
     */
    public Picker ipHash() {
        return new MaglevPicker(random, AddressKey::of);
    }

    /**
     * The same instance for the same key, in every process that has the same candidates, while it is in service and serves no more than
     * 1.25 times its part of all requests; what is too much goes to others, spread over all of them. When an instance comes or goes,
     * few other keys move. Calls without a key go to the {@linkplain #peakEwma() better of two}.
     *
     * <p>A key counts by its {@code hashCode()}, an array by its contents, a constant of an enum by its name: text, numbers, UUIDs and
     * records of those are good keys. An object without a {@code hashCode()} of its own is not.
     *
     * @return a new picker
     */
    public Picker consistentHash() {
        return new MaglevPicker(random, key -> key);
    }

    /**
     * The same instance for the same key, wherever the key went first, until the instance is no candidate any more; then another one,
     * for good. Remembers {@value #STICKY_KEYS} keys, in this process only. Calls without a key, and first ones of a key, go to the
     * {@linkplain #peakEwma() better of two}.
     *
     * @return a new picker
     */
    public Picker sticky() {
        return sticky(STICKY_KEYS);
    }

    /**
     * {@linkplain #sticky() Sticky}, with a bound.
     *
     * @param maxKeys how many keys to remember at most, 2 or more; at least the half of them that were used last are kept
     * @return a new picker
     */
    public Picker sticky(int maxKeys) {
        return new StickyPicker(peakEwma(), maxKeys);
    }

    /**
     * The own zone first. It gets all traffic while more than about 71 % of it (by weight) is in service, and less and less below that:
     * 99 % at 71 %, 70 % at 50 %. With a key, the same key stays inside or outside. Without a zone, or if no instance is in it, there
     * is one zone only.
     *
     * @param zone the own zone; {@code null} if nobody knows
     * @param within makes the pickers that choose inside the zone, and outside
     * @return a new picker
     */
    public Picker zoneFirst(@Nullable String zone, Supplier<? extends Picker> within) {
        return zone == null || zone.isBlank() ? within.get() : new ZoneFirstPicker(random, zone, within);
    }
}
