package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What fits into a total, for all totals, limits and numbers of attempts. */
class AttemptsWithinPropertyTests {

    @Property
    void asManyAttemptsAsSaidFitAndNotOneMore(
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long total,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long limit) {
        long most = within(total, limit).most();

        assertThat(most).isBetween(0L, total / limit);
        assertThat(most * limit).isLessThanOrEqualTo(total);
        assertThat(limit > total - most * limit).isTrue();
    }

    @Property
    void aNumberOfAttemptsFitsIfAndOnlyIfItsNeedIsNotAboveTheTotal(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long total,
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long limit,
            @ForAll @IntRange(min = 1, max = 1_000_000) int attempts) {
        AttemptsWithin within = within(total, limit);

        assertThat(attempts <= within.most()).isEqualTo(within.needed(attempts).compareTo(within.total()) <= 0);
    }

    @Property
    void theNeedNeverShrinksWithMoreAttempts(
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long limit,
            @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int attempts) {
        AttemptsWithin within = within(limit, limit);

        assertThat(within.needed(attempts + 1)).isGreaterThanOrEqualTo(within.needed(attempts));
        assertThat(within.needed(1)).isEqualTo(Duration.ofNanos(limit));
    }

    @Property
    void withTheLongestLimitTheAttemptsFit(
            @ForAll @LongRange(min = 1_000_000, max = Long.MAX_VALUE) long total,
            @ForAll @IntRange(min = 1, max = 1000) int attempts) {
        Duration longest = within(total, 1).longestLimit(attempts);

        assertThat(longest).isPositive();
        assertThat(new AttemptsWithin(Duration.ofNanos(total), longest).most()).isGreaterThanOrEqualTo(attempts);
    }

    @Example
    void durationsLongerThanALongOfNanosecondsAreTakenAsThat() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

        assertThat(new AttemptsWithin(forEver, forEver).most()).isEqualTo(1);
        assertThat(new AttemptsWithin(forEver, Duration.ofNanos(1)).needed(3)).isEqualTo(Duration.ofNanos(3));
    }

    private static AttemptsWithin within(long total, long limit) {
        return new AttemptsWithin(Duration.ofNanos(total), Duration.ofNanos(limit));
    }
}
