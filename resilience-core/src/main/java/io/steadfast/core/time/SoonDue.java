package io.steadfast.core.time;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The settings that are due before the next scan, in no order: looking through numbers that lie side by side costs less than
 * keeping a heap. What is cleared meanwhile stays, and is dropped when its time comes.
 */
final class SoonDue {

    private static final int FIRST_CAPACITY = 64;

    private @Nullable Slot[] slots = new @Nullable Slot[FIRST_CAPACITY];

    private long[] words = new long[FIRST_CAPACITY];

    private long[] dues = new long[FIRST_CAPACITY];

    private int size;

    void removeAll() {
        Arrays.fill(slots, 0, size, null);
        size = 0;
    }

    void add(Slot slot, long word, long due) {
        if (size == slots.length) {
            int capacity = size * 2;
            slots = Arrays.copyOf(slots, capacity);
            words = Arrays.copyOf(words, capacity);
            dues = Arrays.copyOf(dues, capacity);
        }
        slots[size] = slot;
        words[size] = word;
        dues[size] = due;
        size++;
    }

    /** Rings what is due, and drops it. */
    void ring(long now) {
        int i = 0;
        while (i < size) {
            if (dues[i] - now > 0) {
                i++;
                continue;
            }
            Slot slot = slots[i];
            long word = words[i];
            remove(i);
            if (slot != null) {
                slot.ring(word);
            }
        }
    }

    private void remove(int i) {
        size--;
        slots[i] = slots[size];
        words[i] = words[size];
        dues[i] = dues[size];
        slots[size] = null;
    }

    /** When the first of those left is due, if that is before another time. */
    long earliest(long orAt) {
        long earliest = orAt;
        for (int i = 0; i < size; i++) {
            if (dues[i] - earliest < 0) {
                earliest = dues[i];
            }
        }
        return earliest;
    }
}
