package io.steadfast.http.inbound;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

import io.steadfast.core.Deadline;
import io.steadfast.core.time.Ticker;
import io.steadfast.http.AttemptHeader;
import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.TimeoutHeader;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an inbound request says about time and attempts. Header values that make no sense are taken as not sent; of several
 * headers of one name the first counts. Thread-safe.
 */
public final class InboundReader {

    private final InboundSettings settings;

    private final Ticker ticker;

    private final ExpiryCounter counter;

    /**
     * A reader.
     *
     * @param settings how to read
     * @param ticker the clock that deadlines go by
     * @param counter hears of expired work
     */
    public InboundReader(InboundSettings settings, Ticker ticker, ExpiryCounter counter) {
        this.settings = settings;
        this.ticker = ticker;
        this.counter = counter;
    }

    /**
     * Reads a request as it arrives.
     *
     * @param headers finds the first value of a header, {@code null} if there is none
     * @return what it says
     */
    public Arrival read(UnaryOperator<@Nullable String> headers) {
        if (settings.mode() == InboundMode.OFF) {
            return Arrival.SAID_NOTHING;
        }
        boolean retriedAbove = AttemptHeader.parse(headers.apply(ResilienceHeaders.ATTEMPT))
                .filter(AttemptHeader::isRetried)
                .isPresent();
        OptionalLong timeout = timeout(headers);
        if (timeout.isEmpty()) {
            return retriedAbove ? new Arrival(null, true, false) : Arrival.SAID_NOTHING;
        }
        Duration left = Duration.ofNanos(timeout.getAsLong());
        if (left.isZero() || left.compareTo(settings.minTimeout()) < 0) {
            boolean refused = settings.mode() == InboundMode.ENFORCE;
            counter.count(refused ? Expiry.REFUSED : Expiry.SERVED);
            return new Arrival(null, retriedAbove, refused);
        }
        Duration believed = left.compareTo(settings.maxTimeout()) > 0 ? settings.maxTimeout() : left;
        return new Arrival(Deadline.in(believed, ticker), retriedAbove, false);
    }

    /**
     * Takes note that a request has been served.
     *
     * @param arrival what was read when it came
     */
    public void served(Arrival arrival) {
        if (arrival.isLate()) {
            counter.count(Expiry.LATE);
        }
    }

    private OptionalLong timeout(UnaryOperator<@Nullable String> headers) {
        for (String name : settings.timeoutHeaders()) {
            OptionalLong nanos = TimeoutHeader.parse(headers.apply(name));
            if (nanos.isPresent()) {
                return nanos;
            }
        }
        return OptionalLong.empty();
    }
}
