package io.steadfast.ratelimiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.steadfast.ratelimiter.Bandwidth;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for a bucket whatever is asked of it, and when. */
class TakeCommandPropertyTests {

    /** Asking for permits after a pause. */
    record Ask(Duration pause, int permits, Duration longestWait) {}

    @Provide
    Arbitrary<Bandwidth> bandwidths() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 1000),
                        Arbitraries.longs().between(1, 100_000))
                .as((limit, millis) -> new Bandwidth(limit, Duration.ofMillis(millis)));
    }

    @Provide
    Arbitrary<List<Ask>> asks() {
        Arbitrary<Duration> times =
                Arbitraries.longs().between(0, Duration.ofSeconds(20).toNanos()).map(Duration::ofNanos);
        return Combinators.combine(times, Arbitraries.integers().between(1, 20), times.injectDuplicates(0.1))
                .as(Ask::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void whateverIsAsked_thenPermitsInUseAreNeverMoreThanAFullBucketAndWhatHasComeBack(
            @ForAll("bandwidths") Bandwidth one,
            @ForAll("bandwidths") Bandwidth other,
            @ForAll("asks") List<Ask> asks) {
        MemoryBucket bucket = new MemoryBucket(one, other);
        TreeMap<Duration, Long> used = new TreeMap<>();
        for (Ask ask : asks) {
            bucket.pass(ask.pause());
            Duration wait = bucket.take(ask.permits(), ask.longestWait());
            if (!wait.isNegative()) {
                assertThat(wait).isLessThanOrEqualTo(ask.longestWait());
                used.merge(bucket.age().plus(wait), (long) ask.permits(), Long::sum);
            }
        }
        double sum = 0;
        for (Map.Entry<Duration, Long> use : used.entrySet()) {
            sum += use.getValue();
            assertThat(sum).isLessThanOrEqualTo(most(one, use.getKey())).isLessThanOrEqualTo(most(other, use.getKey()));
        }
    }

    @Property(tries = 300)
    void whoeverIsRefused_thenComingBackWhenToldToIsEnoughAndMuchEarlierIsNot(
            @ForAll("bandwidths") Bandwidth one,
            @ForAll("bandwidths") Bandwidth other,
            @ForAll("asks") List<Ask> asks) {
        MemoryBucket bucket = new MemoryBucket(one, other);
        int most = (int) Math.min(one.limit(), other.limit());
        for (Ask ask : asks) {
            int permits = Math.min(ask.permits(), most);
            bucket.pass(ask.pause());
            Duration there = bucket.take(permits, Duration.ZERO).negated();
            if (there.isNegative() || there.isZero()) {
                continue;
            }
            bucket.pass(there.dividedBy(2));
            assertThat(bucket.take(permits, Duration.ZERO)).isNegative();
            bucket.pass(there.minus(there.dividedBy(2)));
            assertThat(bucket.take(permits, Duration.ZERO)).isZero();
        }
    }

    @Property(tries = 300)
    void howeverSettingsChange_thenNoPermitIsMadeByTheChange(
            @ForAll("bandwidths") Bandwidth one,
            @ForAll("bandwidths") Bandwidth other,
            @ForAll("asks") List<Ask> asks) {
        MemoryBucket bucket = new MemoryBucket(one);
        double fuller = Math.max(one.limit(), other.limit());
        double faster = Math.max(perNano(one), perNano(other));
        double used = 0;
        for (int i = 0; i < asks.size(); i++) {
            Ask ask = asks.get(i);
            bucket.pass(ask.pause());
            bucket.change(i % 2 == 0 ? one : other);
            if (bucket.take(ask.permits(), Duration.ZERO).isZero()) {
                used += ask.permits();
            }
            assertThat(used).isLessThanOrEqualTo(fuller + faster * bucket.age().toNanos() + 1e-6);
        }
    }

    /** A full bucket, and what comes back in a time; a little more for what a double cannot say. */
    private static double most(Bandwidth bandwidth, Duration time) {
        return bandwidth.limit() + perNano(bandwidth) * time.toNanos() + 1e-6;
    }

    private static double perNano(Bandwidth bandwidth) {
        return (double) bandwidth.limit() / bandwidth.period().toNanos();
    }
}
