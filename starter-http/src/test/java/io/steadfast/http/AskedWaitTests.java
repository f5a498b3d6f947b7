package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.time.Ticker;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** What servers ask for, and what is made of nonsense. */
class AskedWaitTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private static final Duration CAP = HttpRules.defaults().pushBackCap();

    @Property
    void anyNumberOfSecondsIsRead(@ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long seconds) {
        assertThat(asked(Map.of("Retry-After", Long.toString(seconds)))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property
    void aDateIsReadInEachOfItsThreeForms(@ForAll @IntRange(min = 1, max = 20 * 365 * 86_400) int ahead) {
        LocalDateTime moment = LocalDateTime.ofInstant(NOW.plusSeconds(ahead), ZoneOffset.UTC);
        for (String form : List.of(
                "EEE, dd MMM uuuu HH:mm:ss 'GMT'", "EEEE, dd-MMM-uu HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss uuuu")) {
            String date = DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(moment);

            assertThat(asked(Map.of("Retry-After", date))).as(date).isEqualTo(Duration.ofSeconds(ahead));
        }
    }

    @Property
    void aDateCountsFromTheAnswersOwn(
            @ForAll @IntRange(min = -100_000, max = 100_000) int clockIsOff,
            @ForAll @IntRange(min = 1, max = 5000) int ahead) {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);
        LocalDateTime theirs = LocalDateTime.ofInstant(NOW.plusSeconds(clockIsOff), ZoneOffset.UTC);

        assertThat(asked(Map.of("Retry-After", form.format(theirs.plusSeconds(ahead)), "Date", form.format(theirs))))
                .isEqualTo(Duration.ofSeconds(ahead));
    }

    @Property
    void whateverAHeaderSaysTheWaitIsWithinTheCap(
            @ForAll("headerNames") String header,
            @ForAll @From("headerValues") String value,
            @ForAll @IntRange(min = 400, max = 599) int status,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        Diagnosis diagnosis = diagnose(status, Map.of(header, value), random);

        assertThat(diagnosis.askedWait())
                .satisfiesAnyOf(
                        wait -> assertThat(wait).isEmpty(),
                        wait -> assertThat(wait.orElseThrow()).isPositive().isLessThanOrEqualTo(CAP));
    }

    @Property
    void theWaitIsStretchedByHalfAtMostAndNeverShortened(
            @ForAll @IntRange(min = 1, max = 30) int seconds,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        Duration asked = Duration.ofSeconds(seconds);

        assertThat(diagnose(503, Map.of("Retry-After", Integer.toString(seconds)), random)
                        .askedWait()
                        .orElseThrow())
                .isGreaterThanOrEqualTo(asked)
                .isLessThanOrEqualTo(asked.multipliedBy(3).dividedBy(2))
                .isLessThanOrEqualTo(CAP);
    }

    @Example
    void aResetIsHeededAfter429And503Only() {
        assertThat(AskedWait.of(answer(429, Map.of("RateLimit-Reset", "5")), CLOCK))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(AskedWait.of(answer(503, Map.of("RateLimit-Reset", "5")), CLOCK))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(AskedWait.of(answer(502, Map.of("RateLimit-Reset", "5")), CLOCK))
                .isNull();
    }

    @Example
    void theLongestOfSeveralLimitsCounts() {
        assertThat(asked(Map.of("RateLimit", "\"burst\";r=0;t=2, \"day\";r=0;t=9")))
                .isEqualTo(Duration.ofSeconds(9));
    }

    @Example
    void retryAfterWinsOverAReset() {
        assertThat(asked(Map.of("RateLimit-Reset", "5", "Retry-After", "3"))).isEqualTo(Duration.ofSeconds(3));
    }

    @Example
    void aLargeResetIsAMomentInSecondsOrMilliseconds() {
        long inAMinute = NOW.plusSeconds(60).getEpochSecond();

        assertThat(asked(Map.of("X-RateLimit-Reset", Long.toString(inAMinute)))).isEqualTo(Duration.ofMinutes(1));
        assertThat(asked(Map.of("X-RateLimit-Reset", Long.toString(inAMinute * 1000))))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(asked(Map.of("X-RateLimit-Reset", Long.toString(inAMinute - 120))))
                .isNull();
    }

    @Example
    void aHeaderRepeatedWithoutEndIsIgnored() {
        HttpAnswer answer = new HttpAnswer(503, name -> java.util.Collections.nCopies(1000, "5"));

        assertThat(AskedWait.of(answer, CLOCK)).isNull();
    }

    @Provide
    Arbitrary<String> headerNames() {
        return Arbitraries.of("Retry-After", "RateLimit", "RateLimit-Reset", "X-RateLimit-Reset", "Date");
    }

    @Provide
    Arbitrary<String> headerValues() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(100),
                Arbitraries.strings().numeric().ofMaxLength(40),
                Arbitraries.longs().map(Object::toString),
                Arbitraries.strings().withChars("SunMar 01,-:GMT;t=reset269").ofMaxLength(40));
    }

    private static @Nullable Duration asked(Map<String, String> headers) {
        return AskedWait.of(answer(503, headers), CLOCK);
    }

    private static HttpAnswer answer(int status, Map<String, String> headers) {
        return new HttpAnswer(status, name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of());
    }

    private static Diagnosis diagnose(int status, Map<String, String> headers, double random) {
        HttpAnswer answer = answer(status, headers);
        HttpOutcomeReader reader = new HttpOutcomeReader(
                List.of(candidate -> candidate instanceof HttpAnswer read ? read : null),
                new HttpSurroundings(CLOCK, Ticker.system(), () -> random, call -> 1));
        Diagnosis diagnosis = reader.ofResult(Call.of("any"), answer);
        assertThat(diagnosis).isNotNull();
        return diagnosis;
    }
}
