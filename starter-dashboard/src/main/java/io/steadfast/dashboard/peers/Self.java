package io.steadfast.dashboard.peers;

import java.util.UUID;

/** How an instance recognises its own answer: a registry names this instance too, by an address that it may not know. */
public final class Self {

    /** The header of each snapshot. */
    public static final String HEADER = "X-Steadfast-Run";

    private final String run = UUID.randomUUID().toString();

    /** A new run of an application. */
    public Self() {}

    /**
     * The value of the header.
     *
     * @return another one each time an application starts
     */
    public String run() {
        return run;
    }
}
