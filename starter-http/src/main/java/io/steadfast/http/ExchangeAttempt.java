package io.steadfast.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.Durations;
import io.steadfast.core.Lease;
import org.jspecify.annotations.Nullable;

/** One attempt to send an HTTP request, as {@link Exchange} began it. Told once how it ended; thread-safe. */
public final class ExchangeAttempt {

    private static final AtomicLong COUNT = new AtomicLong();

    /** For how long an instance that is going away is left alone: by then the registry knows, or it has come back. */
    private static final Duration LEAVING = Duration.ofSeconds(30);

    /** Tells attempts of this JVM apart, for those who meet a mark and have a note. */
    private final String id = Long.toString(COUNT.incrementAndGet(), Character.MAX_RADIX);

    private final @Nullable HttpTarget target;

    private final HttpRules rules;

    private final HttpSurroundings surroundings;

    private final long leftNanos;

    private final @Nullable Lease lease;

    private volatile @Nullable URI uri;

    private final Map<String, String> headers = new LinkedHashMap<>();

    private final List<ExchangeLog> logs = new ArrayList<>(2);

    private final List<ExchangeLog> unsafe = new ArrayList<>(2);

    private final AtomicBoolean ended = new AtomicBoolean();

    private @Nullable String mark;

    ExchangeAttempt(
            @Nullable HttpTarget target,
            HttpRules rules,
            HttpSurroundings surroundings,
            long leftNanos,
            @Nullable Lease lease) {
        this.target = target;
        this.rules = rules;
        this.surroundings = surroundings;
        this.leftNanos = leftNanos;
        this.lease = lease;
    }

    /**
     * What to tell the server.
     *
     * @return headers to be set on the request, in place of those of the same name
     */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /**
     * Where to send it: to the instance that the attempt has been given, if the request is for the pool of that instance, or belongs to
     * the client whose call the instance was picked for. To be asked as the last thing before it is sent.
     *
     * @param planned where it would go otherwise
     * @return the same path and query at the instance, or what was planned
     */
    public URI destination(URI planned) {
        Lease leased = lease;
        URI there = leased == null ? planned : LeasedPlace.at(leased.instance().uri(), planned);
        uri = there;
        return there;
    }

    /**
     * How much time was left as the attempt began, for the client's own limits.
     *
     * @return above zero; empty if there is no limit
     */
    public Optional<Duration> timeLeft() {
        return leftNanos == Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(1, leftNanos)));
    }

    /**
     * What to set on an answer that is an error, so that a guarded call on another thread, which finds no notes, does not repeat what
     * must not be repeated.
     *
     * @return the value of {@link ResilienceHeaders#RETRY}; empty if there is nothing to say
     */
    public Optional<String> markOfErrors() {
        return mark == null ? Optional.empty() : Optional.of(ResilienceHeaders.NOT_SAFE + "; " + id);
    }

    /**
     * The server has answered.
     *
     * @param answer what it said
     */
    public void answered(HttpAnswer answer) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        logs.forEach(log -> log.latest(rules, answer));
        if (lease != null && answer.saysLeaving()) {
            lease.leaving(LEAVING);
        }
        if (target != null && rules.quiet() && (answer.status() == 429 || answer.status() == 503)) {
            Duration asked = AskedWait.of(answer, surroundings.clock());
            if (asked != null) {
                boolean tooLong = asked.compareTo(rules.pushBackCap()) > 0;
                target.quietFor(tooLong ? rules.pushBackCap() : asked, surroundings.ticker());
            }
        }
    }

    /**
     * There is no answer.
     *
     * @param failure why
     */
    public void failed(Throwable failure) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        logs.forEach(log -> log.latest(rules, null));
        if (HttpFailures.neverLeft(failure, uri)) {
            unsafe.forEach(ExchangeLog::neverLeft);
        } else if (mark != null) {
            NotToBeRepeated.mark(failure, mark, id);
        }
    }

    void mark(@Nullable String whyNotSafe) {
        mark = whyNotSafe;
    }

    void addHeaders(OutgoingRequest request, @Nullable String key, @Nullable AttemptHeader attempt) {
        uri = request.uri();
        if (attempt != null) {
            headers.put(ResilienceHeaders.ATTEMPT, attempt.format());
        }
        String deadline = rules.deadlineHeader();
        if (deadline != null && leftNanos != Long.MAX_VALUE && !request.has(deadline)) {
            headers.put(deadline, TimeoutHeader.format(leftNanos - Durations.nanos(rules.deadlineMargin())));
        }
        if (key != null) {
            headers.put(rules.idempotencyKeyHeader(), key);
        }
    }

    void note(@Nullable ExchangeLog log, @Nullable String whyUnsafe, @Nullable String whyNever) {
        if (log == null) {
            return;
        }
        logs.add(log);
        log.knows(id);
        log.latest(rules, null);
        if (whyNever != null) {
            log.never(whyNever);
        }
        if (whyUnsafe != null) {
            log.unsafe(whyUnsafe);
            unsafe.add(log);
        }
    }
}
