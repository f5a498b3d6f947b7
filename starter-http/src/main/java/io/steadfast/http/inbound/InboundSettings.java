package io.steadfast.http.inbound;

import java.time.Duration;
import java.util.List;

/**
 * How inbound requests are read.
 *
 * @param mode what is made of their deadlines
 * @param timeoutHeaders where the remaining time is looked for, in this order; the first that makes sense counts
 * @param minTimeout a request with less time than that is taken for expired
 * @param maxTimeout no request is given more time than that, whatever it says; one that says nothing has no deadline
 */
public record InboundSettings(InboundMode mode, List<String> timeoutHeaders, Duration minTimeout, Duration maxTimeout) {

    /**
     * Copies the list.
     *
     * @param mode what is made of their deadlines
     * @param timeoutHeaders where the remaining time is looked for
     * @param minTimeout less is nothing
     * @param maxTimeout more is not believed
     */
    public InboundSettings {
        timeoutHeaders = List.copyOf(timeoutHeaders);
    }
}
