package io.steadfast.retry.autoconfigure;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;

import org.springframework.resilience.annotation.Retryable;

/** Fails whenever it is asked, and counts. */
class Stock {

    private int attempt;

    @Retryable
    void plain() throws IOException {
        fail();
    }

    @Retryable(maxRetries = 4, delay = 2, multiplier = 3, maxDelay = 10, timeUnit = SECONDS)
    void growing() throws IOException {
        fail();
    }

    @Retryable(delay = 400, timeout = 1000)
    void hurried() throws IOException {
        fail();
    }

    @Retryable(maxRetries = 4, multiplier = 2)
    void unlimited() throws IOException {
        fail();
    }

    @Retryable(maxRetries = Long.MAX_VALUE, multiplier = 2)
    void forever() throws IOException {
        fail();
    }

    @Retryable(delay = 200, jitter = 50)
    void jittered() throws IOException {
        fail();
    }

    @Retryable(delay = 200, jitter = 500)
    void veryJittered() throws IOException {
        fail();
    }

    @Retryable(delay = 0, jitter = 40)
    void onlyJitter() throws IOException {
        fail();
    }

    @Retryable(maxRetries = 2, delay = 0)
    void quick() throws IOException {
        fail();
    }

    private void fail() throws IOException {
        throw new IOException("attempt " + ++attempt);
    }
}
