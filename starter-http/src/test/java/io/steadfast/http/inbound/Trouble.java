package io.steadfast.http.inbound;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.NoInstanceException;
import io.steadfast.core.RateLimitedException;
import org.springframework.web.client.ResourceAccessException;

/** What may escape a controller. */
public enum Trouble {
    RATE(new RateLimitedException("quotes", Duration.ofMillis(1200))),
    BULKHEAD(new BulkheadFullException("quotes", null)),
    CIRCUIT(new CircuitOpenException("quotes", "open", Duration.ofSeconds(5), false)),
    INSTANCE(new NoInstanceException("quotes", null)),
    DEADLINE(new DeadlineExceededException("quotes", null)),
    TIMEOUT(new CallTimeoutException("quotes", Duration.ofSeconds(2))),
    WRAPPED(new CompletionException(new BulkheadFullException("quotes", null))),
    BELOW(new ResourceAccessException("quotes are down", new IOException("reset"))),
    BUG(new IllegalStateException("ours"));

    private final RuntimeException failure;

    Trouble(RuntimeException failure) {
        this.failure = failure;
    }

    public RuntimeException failure() {
        return failure;
    }
}
