package io.steadfast.samples.storefront.services;

/** How a pretended service behaves. */
public enum Mood {
    /** Answers at once. */
    WELL("is well"),
    /** Every third answer is a 503. */
    OVERLOADED("answers every third request with 503"),
    /** Connections are reset, in short bursts. */
    DROPPING("drops connections, in bursts"),
    /** Answers, but late. */
    SLOW("takes 1.5 s for each answer"),
    /** Accepts requests and leaves them there. */
    HANGING("hangs: it accepts, and never answers"),
    /** Every answer is a 503. */
    RESTARTING("restarts: 503 for everybody"),
    /** Every connection is reset. */
    DEAD("is dead");

    private final String text;

    Mood(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
