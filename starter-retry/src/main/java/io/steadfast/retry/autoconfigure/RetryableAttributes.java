package io.steadfast.retry.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.steadfast.retry.BackoffType;
import io.steadfast.retry.RetryConfig;
import io.steadfast.spring.InvalidGuardException;
import org.springframework.beans.BeansException;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * What a {@link Retryable @Retryable} says, in our terms. All of it is stated, so that what is left out means there what it
 * meant before, and not what is our default; only exception lists and the timeout may be absent.
 */
final class RetryableAttributes {

    /** What {@link Retryable#maxDelay()} is by default. */
    private static final Duration UNLIMITED = Duration.ofMillis(Long.MAX_VALUE);

    private final String where;

    private final StringValueResolver resolver;

    private final TimeUnit unit;

    private final long maxRetries;

    private final Duration timeout;

    private final Duration delay;

    private final Duration jitter;

    private final double multiplier;

    private final Duration maxDelay;

    RetryableAttributes(Retryable retryable, String where, StringValueResolver resolver) {
        this.where = where;
        this.resolver = resolver;
        this.unit = retryable.timeUnit();
        this.maxRetries = read("maxRetries", retryable.maxRetries(), retryable.maxRetriesString(), Long::parseLong);
        this.timeout = duration("timeout", retryable.timeout(), retryable.timeoutString());
        this.delay = duration("delay", retryable.delay(), retryable.delayString());
        this.jitter = duration("jitter", retryable.jitter(), retryable.jitterString());
        this.multiplier = read("multiplier", retryable.multiplier(), retryable.multiplierString(), Double::parseDouble);
        this.maxDelay = duration("maxDelay", retryable.maxDelay(), retryable.maxDelayString());
        require(maxRetries >= 0, "maxRetries", maxRetries, "0 or more");
        require(multiplier >= 1 && multiplier <= Double.MAX_VALUE, "multiplier", multiplier, "1 or more");
        require(!maxDelay.isZero(), "maxDelay", 0, "more than 0");
    }

    /** Retries are counted there, attempts here. */
    int maxAttempts() {
        return (int) Math.min(maxRetries, Integer.MAX_VALUE - 1) + 1;
    }

    /** Without a delay, jitter is all the wait there is. */
    Duration waitDuration() {
        return shorter(delay.isZero() ? jitter : delay, maxDelay);
    }

    /** What {@link io.steadfast.retry.Retry @Retry} has no attributes for. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("backoff", grows() ? BackoffType.EXPONENTIAL : BackoffType.FIXED);
        if (grows()) {
            settings.put("exponential-backoff-multiplier", multiplier);
        }
        settings.put("exponential-max-wait-duration", longestWait());
        settings.put("jitter", String.valueOf(randomPart()));
        if (!timeout.isZero()) {
            settings.put("max-duration", timeout);
        }
        return settings;
    }

    private boolean grows() {
        return multiplier > 1 && !delay.isZero();
    }

    /**
     * Without a limit, the longest that waits can grow to by themselves: the same setting also limits waits that the target
     * asks for, which must not be endless.
     */
    private Duration longestWait() {
        if (!maxDelay.equals(UNLIMITED)) {
            return maxDelay;
        }
        double growth = grows() ? Math.pow(multiplier, Math.max(0, maxRetries - 1)) : 1;
        double grown = waitDuration().toMillis() * growth;
        Duration own = grown >= Long.MAX_VALUE ? maxDelay : Duration.ofMillis((long) grown);
        return own.compareTo(RetryConfig.defaults().maxWaitDuration()) < 0
                ? RetryConfig.defaults().maxWaitDuration()
                : own;
    }

    private double randomPart() {
        if (jitter.isZero()) {
            return 0;
        }
        return jitter.compareTo(delay) >= 0 ? 1 : (double) jitter.toMillis() / delay.toMillis();
    }

    /** There, too, what is less than a millisecond is cut off. */
    private Duration duration(String attribute, long value, String text) {
        Duration found = read(attribute, Duration.ofMillis(unit.toMillis(value)), text, this::parsed);
        require(!found.isNegative(), attribute, found, "0 or more");
        return Duration.ofMillis(shorter(found, UNLIMITED).toMillis());
    }

    private Duration parsed(String text) {
        return DurationFormatterUtils.detectAndParse(text, DurationFormat.Unit.fromChronoUnit(unit.toChronoUnit()));
    }

    /** A text wins over the value beside it, unless it or what it resolves to is empty. */
    private <T> T read(String attribute, T value, String text, Function<String, T> parser) {
        if (!StringUtils.hasText(text)) {
            return value;
        }
        try {
            String resolved = resolver.resolveStringValue(text);
            return resolved == null || resolved.isBlank() ? value : parser.apply(resolved);
        } catch (IllegalArgumentException | ArithmeticException | BeansException wrong) {
            throw new InvalidGuardException(
                    attribute + "String '" + text + "' cannot be read: " + wrong.getMessage(),
                    where,
                    "Correct it or the property it names, or give the placeholder a default: ${name:default}.");
        }
    }

    private void require(boolean met, String attribute, Object found, String expected) {
        if (!met) {
            throw new InvalidGuardException(
                    attribute + " must be " + expected + ", but is " + found, where, "Correct the value.");
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
