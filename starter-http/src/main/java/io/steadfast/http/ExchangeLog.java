package io.steadfast.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * What the HTTP requests of one attempt of a guarded call mean for another attempt. Clients write it, as notes on the call, and
 * {@link HttpOutcomeReader} reads it. If several requests are made, one that must not be repeated decides. Thread-safe.
 */
public final class ExchangeLog {

    /** Beyond, requests get keys that are not kept: a loop must not fill the heap. */
    private static final int MOST_KEYED = 100;

    /** Requests that may have reached a server and are not safe to repeat. */
    private final AtomicInteger unsafe = new AtomicInteger();

    private final Set<String> keyed = ConcurrentHashMap.newKeySet();

    private final Set<String> attempts = ConcurrentHashMap.newKeySet();

    private volatile String whyUnsafe = "";

    private volatile @Nullable String whyNever;

    private volatile HttpRules rules = HttpRules.defaults();

    private volatile @Nullable HttpAnswer latest;

    /** Notes of an attempt that has made no request yet. */
    public ExchangeLog() {}

    /** A request is about to be sent that is not safe to repeat, unless {@linkplain #neverLeft it never leaves}. */
    void unsafe(String why) {
        whyUnsafe = why;
        unsafe.incrementAndGet();
    }

    /** An attempt is noted here, so its mark says nothing new. */
    void knows(String attempt) {
        if (attempts.size() < MOST_KEYED) {
            attempts.add(attempt);
        }
    }

    boolean hasNoted(String attempt) {
        return attempts.contains(attempt);
    }

    /** The last unsafe request did not reach a server. */
    void neverLeft() {
        unsafe.decrementAndGet();
    }

    /** Nothing done in this attempt is to be repeated, whatever becomes of it. */
    void never(String why) {
        whyNever = why;
    }

    /** A request has been made, and perhaps answered: by which rules it is to be read. */
    void latest(HttpRules ofClient, @Nullable HttpAnswer answer) {
        rules = ofClient;
        latest = answer;
    }

    /** The answer to the latest request; {@code null} if there is none yet. */
    @Nullable
    HttpAnswer latest() {
        return latest;
    }

    HttpRules rules() {
        return rules;
    }

    /** Whether this is the first request of its kind in this attempt, so that the next attempt can tell which one it is. */
    boolean isFirst(String request) {
        return keyed.size() < MOST_KEYED && keyed.add(request);
    }

    /**
     * Why the attempt must not be repeated.
     *
     * @return the reason as a log says it; {@code null} if it may
     */
    @Nullable
    String whyNotAgain() {
        return unsafe.get() > 0 ? whyUnsafe : whyNever;
    }
}
