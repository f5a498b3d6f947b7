package io.steadfast.starter.elsewhere;

import io.steadfast.retry.Retry;

/** A base class of another package. */
public class Base {

    @Retry
    void hidden() {}
}
