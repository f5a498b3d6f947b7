package io.steadfast.core;

/** An asynchronous call that begins when it is told to. */
public interface PreparedCall {

    /** Begins. To be called once. */
    void start();

    /** Cancels the call at any moment, also while it begins; does nothing once it has ended. Thread-safe. */
    void cancel();
}
