package io.steadfast.discovery;

/** A registry that a test starts, takes away and gives back, always at the same address. */
interface Registry {

    void start();

    /** Takes it away: whoever asks is refused the connection. */
    void stop();

    /** What an application needs to find it, as {@code key=value}. */
    String[] client();

    /** What an instance adds to register itself with a zone and a weight in its metadata. */
    String[] instance(String zone, int weight);
}
