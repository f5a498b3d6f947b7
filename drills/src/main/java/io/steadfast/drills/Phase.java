package io.steadfast.drills;

import java.util.Map;

/**
 * When a trouble came and went. All in milliseconds of the epoch.
 *
 * @param trouble what happened
 * @param began when it came
 * @param ended when it went, as far as whoever caused it can tell: the signal, the order, the start
 * @param able by port of each instance it happened to, when that one was able to serve again
 * @param over when the next one may come
 */
record Phase(Trouble trouble, long began, long ended, Map<Integer, Long> able, long over) {

    boolean contains(long millis) {
        return millis >= began && millis < over;
    }
}
