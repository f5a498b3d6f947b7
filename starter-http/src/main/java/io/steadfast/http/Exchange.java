package io.steadfast.http;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.steadfast.core.Call;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.RateLimitedException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request over all its attempts: what the adapter of a client needs to know of it.
 *
 * <pre>{@code
 * Exchange exchange = targets.exchange(target, request, Call.current(), RetryLayer.isRetriedAbove());
 * Callable<Answer> attempt = () -> {
 *     ExchangeAttempt sent = exchange.attempt(Call.current(), Deadline.current().orElse(null));
 *     // set sent.headers() on a copy of the request, send it to sent.destination(...), and tell sent.answered(...) or sent.failed(...)
 * };
 * return exchange.isGuarded() ? exchange.pipeline().call(attempt) : attempt.call();
 * }</pre>
 *
 * <p>Immutable but for the key it gives the request; attempts follow each other.
 */
public final class Exchange {

    private final @Nullable HttpTarget target;

    private final OutgoingRequest request;

    private final @Nullable Call outer;

    private final HttpSurroundings surroundings;

    private final HttpRules rules;

    /** Whether retries are left to the caller of this service. */
    private final boolean leftAbove;

    /** The key we give the request; {@code null} if it needs none, or has one. */
    private final @Nullable String key;

    /** Whether the next attempt of the call around it would find the same key. */
    private final boolean keyKept;

    Exchange(
            @Nullable HttpTarget target,
            OutgoingRequest request,
            @Nullable Call outer,
            boolean retriedAbove,
            HttpSurroundings surroundings,
            RequestKeys keys) {
        this.target = target;
        this.request = request;
        this.outer = outer;
        this.surroundings = surroundings;
        this.rules = target == null ? HttpRules.defaults() : target.rules();
        this.leftAbove = retriedAbove && !rules.retryBelow();
        boolean keyed = rules.idempotencyKey() && !isRepeatableItself();
        String kind = request.method() + " " + request.uri();
        ExchangeLog log =
                keyed && outer != null && !outer.isCopy() ? outer.notes(ExchangeLog.class, ExchangeLog::new) : null;
        this.keyKept = outer != null && log != null && log.isFirst(kind);
        this.key = !keyed ? null : keyKept && outer != null ? keys.of(outer.original(), kind) : RequestKeys.fresh();
    }

    /**
     * Whether the request has policies of its own. It has none if it belongs to no client, or if the call around it goes by the
     * client's name: then its policies are around it already.
     *
     * @return whether {@link #pipeline()} is to be passed
     */
    public boolean isGuarded() {
        return target != null && (outer == null || !outer.name().equals(target.name()));
    }

    /**
     * The policies of the client the request belongs to.
     *
     * @return the pipeline in force
     * @throws IllegalStateException if the request belongs to none
     */
    public Pipeline pipeline() {
        if (target == null) {
            throw new IllegalStateException("A request that belongs to no client has no policies");
        }
        return target.pipeline();
    }

    /**
     * Runs an attempt no longer than the deadline that the thread has inherited, which ends it by an interrupt. For clients that block;
     * does nothing for a request that belongs to no client.
     *
     * @param attempt sends the request and waits for the answer
     * @param <T> the answer
     * @return the answer
     * @throws Exception what the attempt throws, or {@link io.steadfast.core.CallTimeoutException}
     */
    public <T> T callWithinDeadline(Callable<T> attempt) throws Exception {
        return target == null || Deadline.current().isEmpty()
                ? attempt.call()
                : target.withinDeadline().call(attempt);
    }

    /**
     * How the request's answers are understood.
     *
     * @return the client's rules; the defaults if it belongs to none
     */
    public HttpRules rules() {
        return rules;
    }

    /**
     * Begins an attempt. To be called inside the pipeline, if there is one.
     *
     * @param call the call the attempt belongs to, found like the outer one; {@code null} if there is none
     * @param deadline the deadline that holds besides the call's own; {@code null} for none
     * @return the attempt
     * @throws RateLimitedException if the target has asked to be left alone, and callers are kept away
     * @throws DeadlineExceededException if no time is left
     */
    public ExchangeAttempt attempt(@Nullable Call call, @Nullable Deadline deadline) {
        long left = Math.min(
                call == null ? Long.MAX_VALUE : call.remainingNanos(),
                deadline == null ? Long.MAX_VALUE : deadline.left().toNanos());
        if (target != null) {
            refuseIfUseless(target, left);
        } else if (call != null && left <= 0) {
            throw new DeadlineExceededException(call.name(), null); // left behind by a limit, it must not send on
        }
        ExchangeAttempt attempt =
                new ExchangeAttempt(target, rules, surroundings, left, LeasedPlace.find(target, request.uri(), call));
        attempt.mark(whyUnsafe(false));
        attempt.addHeaders(request, key, headerOfAttempt(call));
        if (call != null && call != outer) {
            attempt.note(log(call), whyUnsafe(true), whyNever(true));
        }
        if (outer != null) {
            attempt.note(log(outer), whyUnsafe(keyKept), whyNever(false));
            for (Call around = outer.enclosing(); around != null; around = around.enclosing()) {
                attempt.note(log(around), whyUnsafe(false), whyNever(false));
            }
        }
        return attempt;
    }

    private static void refuseIfUseless(HttpTarget target, long leftNanos) {
        long quiet = target.quietNanos();
        if (quiet > 0) {
            throw new RateLimitedException(
                    target.name(), Duration.ofNanos(quiet), "its server has asked to be left alone");
        }
        if (leftNanos <= 0) {
            throw new DeadlineExceededException(target.name(), null);
        }
    }

    private static @Nullable ExchangeLog log(Call call) {
        return call.notes(ExchangeLog.class, ExchangeLog::new);
    }

    private boolean isRepeatableItself() {
        return request.isIdempotent() || request.isOneOf(rules) || request.has(rules.idempotencyKeyHeader());
    }

    private @Nullable String whyUnsafe(boolean ourKeyHolds) {
        if (isRepeatableItself() || (key != null && ourKeyHolds)) {
            return null;
        }
        return "the " + request.describe() + " may have been carried out, and has no " + rules.idempotencyKeyHeader();
    }

    /** A body that can be sent once only is no obstacle to a call around it, which makes another. */
    private @Nullable String whyNever(boolean own) {
        if (leftAbove) {
            return "the caller of this service retries it";
        }
        return own && !request.replayable() ? "the body of the " + request.describe() + " can be sent only once" : null;
    }

    /** Says which attempt it is if there may be another. */
    private @Nullable AttemptHeader headerOfAttempt(@Nullable Call call) {
        if (!rules.attemptHeader() || call == null) {
            return null;
        }
        boolean own = call != outer;
        AttemptHeader header = header(call, own, true);
        return header == null && own && outer != null ? header(outer, false, keyKept) : header;
    }

    private @Nullable AttemptHeader header(Call call, boolean own, boolean ourKeyHolds) {
        if (whyUnsafe(ourKeyHolds) != null || whyNever(own) != null) {
            return null;
        }
        int max = surroundings.maxAttempts().applyAsInt(call);
        return max > 1 ? new AttemptHeader(call.attempts(), max) : null;
    }
}
