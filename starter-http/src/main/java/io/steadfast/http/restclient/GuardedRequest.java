package io.steadfast.http.restclient;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Deadline;
import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.http.Exchange;
import io.steadfast.http.ExchangeAttempt;
import io.steadfast.http.ResilienceHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * One request on its way through the policies of its client. The chain of interceptors further in makes a new request each time it is
 * executed, so it can be executed for every attempt.
 */
final class GuardedRequest {

    private static final int OVER = Integer.MAX_VALUE;

    private final Exchange exchange;

    private final HttpRequest request;

    private final byte[] body;

    private final ClientHttpRequestExecution execution;

    /** The attempt whose answer counts: one that was left behind on another thread may come back late. */
    private final AtomicInteger current = new AtomicInteger();

    private final AtomicReference<@Nullable ReceivedAnswer> latest = new AtomicReference<>();

    /** Whether nobody further in says where the request goes. */
    private final boolean directing;

    GuardedRequest(
            Exchange exchange,
            HttpRequest request,
            byte[] body,
            ClientHttpRequestExecution execution,
            boolean directing) {
        this.exchange = exchange;
        this.directing = directing;
        this.request = request;
        this.body = body;
        this.execution = execution;
    }

    /** Sends it once, unguarded: the answer is handed on as it is. */
    ClientHttpResponse send() throws IOException {
        ExchangeAttempt attempt =
                exchange.attempt(Call.current(), Deadline.current().orElse(null));
        return answer(attempt);
    }

    /** Sends it as often as its policies say. */
    ClientHttpResponse call() throws IOException {
        try {
            return exchange.pipeline().call(() -> {
                Deadline deadline = Deadline.current().orElse(null);
                return exchange.callWithinDeadline(() -> attempt(deadline));
            });
        } catch (CallRejectedException refusal) {
            ReceivedAnswer earlier = latest.getAndSet(null);
            if (earlier != null && earlier.isComplete()) {
                return earlier; // another attempt was refused: what the server has said stands
            }
            close(earlier);
            throw refusal;
        } catch (IOException | RuntimeException failure) {
            current.set(OVER);
            close(latest.getAndSet(null));
            throw failure;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted between two attempts").initCause(interrupt);
        } catch (Exception other) {
            throw new IOException(other);
        }
    }

    private ClientHttpResponse attempt(@Nullable Deadline deadline) throws IOException {
        int number = current.incrementAndGet();
        ReceivedAnswer before = latest.get();
        if (before != null && !before.isComplete()) {
            close(before);
        }
        ExchangeAttempt attempt = exchange.attempt(Call.current(), deadline);
        ReceivedAnswer answer = answer(attempt);
        try {
            answer.read(exchange.rules().maxBufferedBody());
        } catch (IOException | RuntimeException cutOff) {
            close(answer);
            throw cutOff;
        }
        if (current.get() == number) {
            latest.set(answer);
        } else {
            close(answer);
        }
        return answer;
    }

    private ReceivedAnswer answer(ExchangeAttempt attempt) throws IOException {
        try {
            URI destination = directing ? attempt.destination(request.getURI()) : null;
            AttemptRequest sent = new AttemptRequest(request, attempt, destination);
            ReceivedAnswer answer = ReceivedAnswer.of(execution.execute(sent, body));
            attempt.answered(answer.answer());
            if (exchange.rules().statuses().kindOf(answer.getStatusCode().value()) != Kind.SUCCESS) {
                attempt.markOfErrors().ifPresent(mark -> answer.mark(ResilienceHeaders.RETRY, mark));
            }
            return answer;
        } catch (IOException | RuntimeException failure) {
            attempt.failed(failure);
            throw failure;
        }
    }

    private static void close(@Nullable ClientHttpResponse answer) {
        if (answer != null) {
            answer.close();
        }
    }
}
