package io.steadfast.http;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Builds {@link HttpRules}, from the defaults. Not thread-safe. */
public final class HttpRulesBuilder {

    private StatusTable statuses = StatusTable.standard();

    private Set<String> retryMethods = Set.of();

    private boolean idempotencyKey;

    private String idempotencyKeyHeader = ResilienceHeaders.IDEMPOTENCY_KEY;

    private boolean retryBelow;

    private Duration pushBackCap = Duration.ofSeconds(30);

    private boolean quiet;

    private @Nullable String deadlineHeader = ResilienceHeaders.TIMEOUT;

    private Duration deadlineMargin = Duration.ofMillis(10);

    private boolean attemptHeader = true;

    private long maxBufferedBody = 1L << 20;

    HttpRulesBuilder() {}

    /**
     * What each status code means.
     *
     * @param table the table
     * @return this builder
     */
    public HttpRulesBuilder statuses(StatusTable table) {
        this.statuses = table;
        return this;
    }

    /**
     * Methods that are repeated though HTTP does not call them idempotent.
     *
     * @param methods for example {@code POST}
     * @return this builder
     */
    public HttpRulesBuilder retryMethods(Collection<String> methods) {
        this.retryMethods = Set.copyOf(methods);
        return this;
    }

    /**
     * Whether requests that could not be repeated otherwise get a key of ours.
     *
     * @param added whether they do
     * @return this builder
     */
    public HttpRulesBuilder idempotencyKey(boolean added) {
        this.idempotencyKey = added;
        return this;
    }

    /**
     * The header that makes a request repeatable.
     *
     * @param header its name
     * @return this builder
     */
    public HttpRulesBuilder idempotencyKeyHeader(String header) {
        this.idempotencyKeyHeader = header;
        return this;
    }

    /**
     * Whether failures are retried here though the caller of this service retries too.
     *
     * @param retried whether they are
     * @return this builder
     */
    public HttpRulesBuilder retryBelow(boolean retried) {
        this.retryBelow = retried;
        return this;
    }

    /**
     * The longest wait that a server is granted.
     *
     * @param cap zero or more
     * @return this builder
     */
    public HttpRulesBuilder pushBackCap(Duration cap) {
        this.pushBackCap = cap;
        return this;
    }

    /**
     * Whether one answer that asks for a wait keeps all other callers away that long.
     *
     * @param kept whether it does
     * @return this builder
     */
    public HttpRulesBuilder quiet(boolean kept) {
        this.quiet = kept;
        return this;
    }

    /**
     * The request header that says how much time is left.
     *
     * @param header its name; {@code null} to say nothing
     * @return this builder
     */
    public HttpRulesBuilder deadlineHeader(@Nullable String header) {
        this.deadlineHeader = header;
        return this;
    }

    /**
     * What is taken off the time left, for the way back.
     *
     * @param margin zero or more
     * @return this builder
     */
    public HttpRulesBuilder deadlineMargin(Duration margin) {
        this.deadlineMargin = margin;
        return this;
    }

    /**
     * Whether a request says which attempt it is.
     *
     * @param said whether it does
     * @return this builder
     */
    public HttpRulesBuilder attemptHeader(boolean said) {
        this.attemptHeader = said;
        return this;
    }

    /**
     * How many bytes of an answer are read before it counts as received.
     *
     * @param bytes from 0, which switches it off, to 1 GiB
     * @return this builder
     */
    public HttpRulesBuilder maxBufferedBody(long bytes) {
        this.maxBufferedBody = bytes;
        return this;
    }

    /**
     * Makes the rules.
     *
     * @return the rules
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public HttpRules build() {
        return new HttpRules(
                statuses,
                retryMethods,
                idempotencyKey,
                idempotencyKeyHeader,
                retryBelow,
                pushBackCap,
                quiet,
                deadlineHeader,
                deadlineMargin,
                attemptHeader,
                maxBufferedBody);
    }
}
