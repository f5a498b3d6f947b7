package io.steadfast.circuitbreaker;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** A second in which calls ended, and what had been added up before it. */
final class Second {

    /** Which one, counted from the beginning of the stay. */
    final long number;

    /** The sums when this second began. */
    final long calls;

    final long slow;

    /** The sums when the window began that ends with this second. */
    final long callsBefore;

    final long slowBefore;

    /** The one after it, set once. */
    final AtomicReference<@Nullable Second> next = new AtomicReference<>();

    /** A second alone in its window, if {@code first} is {@code null}; else the last of the window that begins with it. */
    Second(long number, long calls, long slow, @Nullable Second first) {
        this.number = number;
        this.calls = calls;
        this.slow = slow;
        this.callsBefore = first == null ? calls : first.calls;
        this.slowBefore = first == null ? slow : first.slow;
    }
}
