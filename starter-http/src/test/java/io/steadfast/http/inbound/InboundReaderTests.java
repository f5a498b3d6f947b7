package io.steadfast.http.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.steadfast.core.Deadline;
import io.steadfast.http.ResilienceHeaders;
import io.steadfast.test.ManualTicker;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboundReaderTests {

    private static final Duration MAX = Duration.ofSeconds(60);

    private final ManualTicker ticker = new ManualTicker();

    private final List<Expiry> counted = new ArrayList<>();

    @Test
    void whenTimeIsGiven_thenItIsTheDeadline() {
        assertThat(left(read(InboundMode.MEASURE, "Resilience-Timeout", "800m")))
                .isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void whenGrpcSpeaks_thenItIsUnderstood() {
        assertThat(left(read(InboundMode.MEASURE, "grpc-timeout", "2S"))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whenBothSpeak_thenTheFirstThatMakesSenseCounts() {
        assertThat(left(read(InboundMode.MEASURE, "Resilience-Timeout", "1S", "grpc-timeout", "2S")))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(left(read(InboundMode.MEASURE, "Resilience-Timeout", "soon", "grpc-timeout", "2S")))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Property
    void whenAnythingIsSent_thenNobodyGetsMoreThanTheMaximum(@ForAll String value) {
        Deadline deadline =
                read(InboundMode.ENFORCE, "Resilience-Timeout", value).deadline();

        assertThat(deadline == null ? Duration.ZERO : deadline.left()).isLessThanOrEqualTo(MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61S", "99999999H", "2M"})
    void whenMoreIsAskedForThanTheMaximum_thenTheMaximumIsGiven(String value) {
        assertThat(left(read(InboundMode.MEASURE, "Resilience-Timeout", value))).isEqualTo(MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1n", "0S", "999u"})
    void whenWorkHasExpiredAndIsMeasured_thenItIsCountedAndServedWithoutDeadline(String value) {
        Arrival arrival = read(InboundMode.MEASURE, "Resilience-Timeout", value);

        assertThat(arrival).isEqualTo(new Arrival(null, false, false));
        assertThat(counted).containsExactly(Expiry.SERVED);
    }

    @Test
    void whenWorkHasExpiredAndIsRefused_thenItIsCounted() {
        assertThat(read(InboundMode.ENFORCE, "Resilience-Timeout", "1n").refused())
                .isTrue();
        assertThat(counted).containsExactly(Expiry.REFUSED);
    }

    @Test
    void whenSwitchedOff_thenNothingIsRead() {
        assertThat(read(InboundMode.OFF, "Resilience-Timeout", "1n", "Resilience-Attempt", "1; max=3"))
                .isEqualTo(new Arrival(null, false, false));
        assertThat(counted).isEmpty();
    }

    @Test
    void whenCallerRetries_thenItIsKnown() {
        assertThat(read(InboundMode.MEASURE, "Resilience-Attempt", "1; max=3").retriedAbove())
                .isTrue();
        assertThat(read(InboundMode.MEASURE, "Resilience-Attempt", "1; max=1").retriedAbove())
                .isFalse();
    }

    @Test
    void whenTimeRunsOutMeanwhile_thenItIsCountedAtTheEnd() {
        InboundReader reader = reader(InboundMode.MEASURE);
        Arrival arrival = reader.read(name -> name.equals(ResilienceHeaders.TIMEOUT) ? "1S" : null);
        ticker.advance(Duration.ofMillis(999));
        reader.served(arrival);
        assertThat(counted).isEmpty();

        ticker.advance(Duration.ofMillis(1));
        reader.served(arrival);
        assertThat(counted).containsExactly(Expiry.LATE);
    }

    private Arrival read(InboundMode mode, String... headers) {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < headers.length; i += 2) {
            sent.put(headers[i], headers[i + 1]);
        }
        return reader(mode).read(sent::get);
    }

    private InboundReader reader(InboundMode mode) {
        InboundSettings settings =
                new InboundSettings(mode, List.of("Resilience-Timeout", "grpc-timeout"), Duration.ofMillis(1), MAX);
        return new InboundReader(settings, ticker, counted::add);
    }

    private static Duration left(Arrival arrival) {
        Deadline deadline = arrival.deadline();
        assertThat(deadline).isNotNull();
        return deadline.left();
    }
}
