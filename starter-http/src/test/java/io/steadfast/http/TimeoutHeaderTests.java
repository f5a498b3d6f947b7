package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutHeaderTests {

    @Property
    void whenTimeIsWritten_thenItFitsTheSyntaxAndIsReadAsNoMoreAndHardlyLess(@ForAll @LongRange(min = 1) long nanos) {
        String value = TimeoutHeader.format(nanos);

        assertThat(value).matches("[0-9]{1,8}[HMSmun]");
        long read = TimeoutHeader.parse(value).orElseThrow();
        assertThat(read).isLessThanOrEqualTo(nanos).isGreaterThanOrEqualTo(nanos - nanos / 1000);
    }

    @Property
    void whenValueIsReadAndWrittenAndRead_thenNothingIsLost(
            @ForAll @LongRange(min = 1, max = 99_999_999) long count, @ForAll Unit unit) {
        long nanos = TimeoutHeader.parse(count + unit.name()).orElseThrow();

        assertThat(TimeoutHeader.parse(TimeoutHeader.format(nanos)).orElseThrow())
                .isEqualTo(unit == Unit.H && nanos == Long.MAX_VALUE ? TimeUnit.HOURS.toNanos(2_562_047) : nanos);
    }

    @Property
    void whenAnythingIsRead_thenItIsATimeOrNothing(@ForAll String value) {
        TimeoutHeader.parse(value).ifPresent(nanos -> assertThat(nanos).isNotNegative());
    }

    @ParameterizedTest
    @CsvSource({
        "99999999,99999999n",
        "100000000,100000u",
        "99999999999,99999999u",
        "100000000000,100000m",
        "800000000,800000u"
    })
    void whenTimeIsWritten_thenTheFinestUnitOfEightDigitsIsTaken(long nanos, String value) {
        assertThat(TimeoutHeader.format(nanos)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void whenNoTimeIsLeft_thenTheSmallestIsWritten(long nanos) {
        assertThat(TimeoutHeader.format(nanos)).isEqualTo("1n");
    }

    @ParameterizedTest
    @CsvSource({
        "800m,800000000",
        "1H,3600000000000",
        "2M,120000000000",
        "3S,3000000000",
        "4u,4000",
        "00000005n,5",
        "0S,0"
    })
    void whenValueIsATime_thenItIsRead(String value, long nanos) {
        assertThat(TimeoutHeader.parse(value)).hasValue(nanos);
    }

    @Test
    void whenTimeIsBeyondReckoning_thenItIsTheLongest() {
        assertThat(TimeoutHeader.parse("99999999H")).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"m", "5", "5s", "-5S", "+5S", "1.5S", "123456789n", " 5S", "5S,6S", "5 S", "٣S", "soon", "5SS"})
    void whenValueIsNonsense_thenThereIsNoTime(String value) {
        assertThat(TimeoutHeader.parse(value)).isEmpty();
    }

    enum Unit {
        H,
        M,
        S,
        m,
        u,
        n
    }
}
