package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LatenciesPropertyTests {

    private static final long HOUR = 3_600_000_000_000L;

    @Property
    void everyLatencyLiesWithinItsBucket(@ForAll @LongRange(min = 0, max = HOUR) long nanos) {
        int bucket = Buckets.of(nanos);
        assertThat(bucket).isBetween(0, Buckets.COUNT - 1);
        assertThat(nanos).isLessThan(Buckets.endNanos(bucket));
        assertThat(Buckets.endNanos(bucket) - nanos).isLessThanOrEqualTo(1024 + nanos / 16);
        if (bucket > 0) {
            assertThat(nanos).isGreaterThanOrEqualTo(Buckets.endNanos(bucket - 1));
        }
    }

    @Property
    void noMoreThanTheShareExceedsTheDelay_andItIsNoLongerThanItHasToBe(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 1, max = HOUR) Long> nanos,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        Latencies latencies = new Latencies(60_000, 0);
        nanos.forEach(latencies::record);
        latencies.moveOn(3_000);
        long delay = latencies.counts().exceededBy(share);

        long most = (long) Math.floor(share * nanos.size());
        assertThat(latencies.counts().total()).isEqualTo(nanos.size());
        assertThat(nanos.stream().filter(each -> each >= delay).count()).isLessThanOrEqualTo(most);
        long[] sorted = nanos.stream().mapToLong(each -> each).toArray();
        Arrays.sort(sorted);
        if (most < nanos.size()) {
            assertThat(Buckets.of(delay - 1)).isEqualTo(Buckets.of(sorted[nanos.size() - 1 - (int) most]));
        }
    }
}
