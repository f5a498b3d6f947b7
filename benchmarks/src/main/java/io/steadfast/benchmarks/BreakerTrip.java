package io.steadfast.benchmarks;

/** Opens a breaker the honest way, by failing, so that no library's own switch is needed. */
final class BreakerTrip {

    /** The window, and the fewest calls it judges by, of the breaker called "open" on each side. */
    static final int CALLS = 10;

    private BreakerTrip() {}

    static void open(Remote remote, GuardedMethod guarded, String id) {
        remote.goDown();
        for (int call = 0; call < CALLS; call++) {
            guarded.failure(id);
        }
        remote.comeBack();
    }
}
