package io.steadfast.http;

import java.time.Duration;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.Durations;
import io.steadfast.core.OutcomeReader;
import org.jspecify.annotations.Nullable;

/**
 * Understands HTTP: what status and headers of an answer mean, and what the lack of one means.
 *
 * <p>An answer is read by the {@linkplain HttpRules rules} of the client that got it; connections that fail, and time that runs out, are
 * {@link Kind#TRANSIENT}. Whatever failed, nothing is tried again that may have been carried out and is not safe to repeat, that the
 * server forbids by {@link ResilienceHeaders#RETRY}, or that the caller of this service retries. Thread-safe.
 */
public final class HttpOutcomeReader implements OutcomeReader {

    /** A wait is stretched by up to half, so that those who were told the same do not come back together. */
    private static final double SPREAD = 0.5;

    private final List<AnswerReader> readers;

    private final HttpSurroundings surroundings;

    /**
     * A reader for some clients.
     *
     * @param readers know the answers of the clients there are
     * @param surroundings clock and chance
     */
    public HttpOutcomeReader(List<AnswerReader> readers, HttpSurroundings surroundings) {
        this.readers = List.copyOf(readers);
        this.surroundings = surroundings;
    }

    @Override
    public @Nullable Diagnosis ofResult(Call call, @Nullable Object result) {
        HttpAnswer answer = result == null ? null : read(result);
        return answer == null ? null : diagnose(answer, call.notes(ExchangeLog.class));
    }

    @Override
    public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
        if (HttpFailures.isRefusal(failure)) {
            return null;
        }
        ExchangeLog log = call.notes(ExchangeLog.class);
        Throwable answered = HttpFailures.find(failure, link -> read(link) != null);
        HttpAnswer answer = answered == null ? null : read(answered);
        if (answer != null) {
            return diagnose(answer, log);
        }
        HttpAnswer latest = log == null ? null : log.latest();
        if (log != null
                && latest != null
                && isError(latest, log.rules())
                && !HttpFailures.isOfConnection(failure, true)) {
            return diagnose(latest, log); // as the application says it in an exception of its own
        }
        String whyNotAgain = whyNotAgain(failure, log);
        return whyNotAgain != null || HttpFailures.isOfConnection(failure, log != null)
                ? new Diagnosis(Kind.TRANSIENT, null, whyNotAgain)
                : null;
    }

    /** A request that is not safe to repeat is not safe to make twice at once either. */
    @Override
    public @Nullable String whyNotBeside(Call call) {
        ExchangeLog log = call.notes(ExchangeLog.class);
        return log == null ? null : log.whyNotAgain();
    }

    /** By its notes, or by the mark of a request that was made where notes do not reach. */
    private static @Nullable String whyNotAgain(Throwable failure, @Nullable ExchangeLog log) {
        String noted = log == null ? null : log.whyNotAgain();
        NotToBeRepeated mark = noted == null ? NotToBeRepeated.in(failure) : null;
        return mark == null || (log != null && log.hasNoted(mark.attempt())) ? noted : mark.getMessage();
    }

    private static boolean isError(HttpAnswer answer, HttpRules rules) {
        return rules.statuses().kindOf(answer.status()) != Kind.SUCCESS;
    }

    private @Nullable HttpAnswer read(Object candidate) {
        for (int i = 0; i < readers.size(); i++) { // no iterator: it is made for every call
            HttpAnswer answer = readers.get(i).read(candidate);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    private Diagnosis diagnose(HttpAnswer answer, @Nullable ExchangeLog log) {
        HttpRules rules = log == null ? HttpRules.defaults() : log.rules();
        Kind kind = rules.statuses().kindOf(answer.status());
        if (kind == Kind.SUCCESS) {
            return Diagnosis.of(kind);
        }
        Duration wait = Diagnosis.of(kind).isWorthAnotherTry() ? wait(answer, rules.pushBackCap()) : null;
        return new Diagnosis(kind, wait, whyNotAgain(answer, log));
    }

    private static @Nullable String whyNotAgain(HttpAnswer answer, @Nullable ExchangeLog log) {
        String why = log == null ? null : log.whyNotAgain();
        if (why != null) {
            return why;
        }
        List<String> said = answer.values(ResilienceHeaders.RETRY);
        if (said.stream().anyMatch(ResilienceHeaders.NO::equalsIgnoreCase)) {
            return "the server forbids it (" + ResilienceHeaders.RETRY + ": no)";
        }
        return said.stream().anyMatch(value -> isMark(value, log))
                ? "the request may have been carried out, and has no key that would make it safe to repeat"
                : null;
    }

    private static boolean isMark(String value, @Nullable ExchangeLog log) {
        return value.startsWith(ResilienceHeaders.NOT_SAFE)
                && (log == null
                        || !log.hasNoted(
                                value.substring(value.lastIndexOf(';') + 1).trim()));
    }

    /** What the answer asks for and a bit more, but never above the cap. */
    private @Nullable Duration wait(HttpAnswer answer, Duration cap) {
        Duration asked = AskedWait.of(answer, surroundings.clock());
        if (asked == null) {
            return null;
        }
        if (asked.compareTo(cap) >= 0) {
            return cap;
        }
        long nanos = Durations.nanos(asked);
        double more = nanos * SPREAD * surroundings.random().getAsDouble();
        Duration spread = asked.plusNanos((long) more);
        return spread.compareTo(cap) > 0 ? cap : spread;
    }
}
