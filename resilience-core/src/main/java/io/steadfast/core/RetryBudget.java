package io.steadfast.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.steadfast.core.time.Ticker;

/**
 * Keeps retries a bounded share of all calls, so that a target in trouble is not finished off by them. A retry is allowed
 * as long as, within the window,
 *
 * <pre>{@code retries + 1 <= ratio × calls + reservePerSecond × seconds of the window}</pre>
 *
 * <p>With nothing counted yet the whole reserve is there. The window moves on in tenths, so a call or a retry counts for
 * nine to ten tenths of it.
 *
 * <p>Thread-safe; meant to be shared by everything that sends extra calls to one target. {@link #deposit()} takes no lock
 * and allocates nothing. It reads the clock on every 16th call only, because a reading costs more than all the rest: up
 * to 15 calls are counted later than they were made, none is lost. {@link #tryWithdraw()} holds a lock for some dozen
 * memory reads.
 *
 * <p>Source: Finagle's {@code RetryBudget}, a bucket whose tokens expire, with the same defaults.
 */
public final class RetryBudget {

    private static final int BATCH = 16;

    /** What one retry costs. Amounts are whole millionths of a retry, so that 0.1 × 10 calls is one retry and not less. */
    private static final long PRICE = 1_000_000;

    private static final long NANOS_PER_MILLIONTH_OF_A_SECOND = 1000;

    private final Ticker ticker;

    private final long startNanos;

    private final long sliceNanos;

    private final long reserve;

    private final long earnings;

    private final AtomicInteger deposits = new AtomicInteger();

    private final RollingCount calls = new RollingCount();

    private final RollingCount retries = new RollingCount();

    private final ReentrantLock withdrawal = new ReentrantLock();

    /**
     * A full budget.
     *
     * @param config how many retries to allow
     * @param ticker the clock
     */
    public RetryBudget(RetryBudgetConfig config, Ticker ticker) {
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
        this.sliceNanos = config.window().toNanos() / RollingCount.SLICES;
        this.reserve = config.reservePerSecond() * (config.window().toNanos() / NANOS_PER_MILLIONTH_OF_A_SECOND);
        this.earnings = Math.round(config.ratio() * PRICE);
    }

    /** Counts a call, which earns its share of a retry. To be called once per call, however often that is tried. */
    public void deposit() {
        if (deposits.incrementAndGet() % BATCH == 0) {
            countDeposits();
        }
    }

    /**
     * Asks for a retry, and takes it from the budget. To be called when the retry is decided and not when it starts:
     * otherwise all calls that wait at the same time would find the budget full.
     *
     * @return whether the retry may be made
     */
    public boolean tryWithdraw() {
        withdrawal.lock();
        try {
            long slice = countDeposits();
            if (amount(slice) < PRICE) {
                return false;
            }
            retries.add(slice, 1);
            return true;
        } finally {
            withdrawal.unlock();
        }
    }

    /** Fills the budget, as if no retry had been taken. What calls have earned stays. */
    public void refill() {
        withdrawal.lock();
        try {
            retries.clear();
        } finally {
            withdrawal.unlock();
        }
    }

    /**
     * How many retries could be made now.
     *
     * @return a whole number, 0 or more
     */
    public long balance() {
        return Math.max(0, amount(countDeposits()) / PRICE);
    }

    /**
     * How many calls have been counted within the window.
     *
     * @return a whole number, 0 or more
     */
    public long calls() {
        return calls.sum(countDeposits());
    }

    /**
     * How many retries have been taken within the window.
     *
     * @return a whole number, 0 or more
     */
    public long retries() {
        return retries.sum(slice());
    }

    /** Below zero when calls have left the window before the retries they paid for. */
    private long amount(long slice) {
        return reserve + calls.sum(slice) * earnings - retries.sum(slice) * PRICE;
    }

    /** Moves what has been deposited since the last reading of the clock to the present slice, and returns that slice. */
    private long countDeposits() {
        long slice = slice();
        int count = deposits.getAndSet(0);
        if (count > 0) {
            calls.add(slice, count);
        }
        return slice;
    }

    private long slice() {
        return (ticker.nanos() - startNanos) / sliceNanos;
    }
}
