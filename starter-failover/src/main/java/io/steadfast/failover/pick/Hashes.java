package io.steadfast.failover.pick;

import java.util.Arrays;

/** Hashes that are the same in every process, and numbers made of them. */
final class Hashes {

    private Hashes() {}

    /** The finishing step of SplitMix64: spreads whatever differs over all bits. */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** FNV-1a over the characters, mixed. */
    static long ofText(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash);
    }

    /** A call's key: by contents, and the same in every process if its class lets it. */
    static long ofKey(Object key) {
        if (key instanceof Enum<?> constant) {
            return mix(constant.name().hashCode());
        }
        if (key instanceof byte[] bytes) {
            return mix(Arrays.hashCode(bytes));
        }
        if (key instanceof char[] characters) {
            return mix(Arrays.hashCode(characters));
        }
        return mix(key instanceof Object[] parts ? Arrays.deepHashCode(parts) : key.hashCode());
    }

    /** A random number from 0 to below the bound, of 64 random bits. */
    static int below(int bound, long bits) {
        return (int) (((bits >>> 33) * bound) >>> 31); // Lemire 2019: no division; uneven by less than bound / 2^31
    }

    /** A random number from 0 to below 1, of 64 random bits. */
    static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }
}
