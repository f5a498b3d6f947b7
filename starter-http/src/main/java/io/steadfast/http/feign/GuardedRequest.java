package io.steadfast.http.feign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import feign.Client;
import feign.Request;
import feign.Response;
import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Deadline;
import io.steadfast.http.Exchange;
import io.steadfast.http.ExchangeAttempt;
import io.steadfast.http.ResilienceHeaders;
import org.jspecify.annotations.Nullable;

/** One request on its way through the policies of its client. Feign's bodies are arrays, so it can be sent for every attempt. */
final class GuardedRequest {

    private static final int CHUNK = 8192;

    private static final int FIRST_ERROR = 400;

    private static final int OVER = Integer.MAX_VALUE;

    private final Exchange exchange;

    private final Client client;

    private final Request request;

    private final Request.Options options;

    /** The attempt whose answer counts: one that was left behind on another thread may come back late. */
    private final AtomicInteger current = new AtomicInteger();

    private final AtomicReference<@Nullable Response> latest = new AtomicReference<>();

    GuardedRequest(Exchange exchange, Client client, Request request, Request.Options options) {
        this.exchange = exchange;
        this.client = client;
        this.request = request;
        this.options = options;
    }

    /** Sends it once, unguarded: the answer is handed on as it is. */
    Response send() throws IOException {
        return answer(exchange.attempt(Call.current(), Deadline.current().orElse(null)));
    }

    /** Sends it as often as its policies say. */
    Response call() throws IOException {
        try {
            return exchange.pipeline().call(() -> {
                Deadline deadline = Deadline.current().orElse(null);
                return exchange.callWithinDeadline(() -> attempt(deadline));
            });
        } catch (CallRejectedException refusal) {
            Response earlier = latest.getAndSet(null);
            if (earlier != null && isHere(earlier)) {
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

    private Response attempt(@Nullable Deadline deadline) throws IOException {
        int number = current.incrementAndGet();
        Response before = latest.get();
        if (before != null && !isHere(before)) {
            close(before);
        }
        Response answer = answer(exchange.attempt(Call.current(), deadline));
        try {
            answer = read(answer, exchange.rules().maxBufferedBody());
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

    private Response answer(ExchangeAttempt attempt) throws IOException {
        Request sent = Request.create(
                request.httpMethod(),
                request.url(),
                FeignHeaders.with(request.headers(), attempt.headers()),
                request.body(),
                request.charset(),
                request.requestTemplate());
        attempt.destination(URI.create(request.url()));
        try {
            Response answer =
                    client.execute(sent, attempt.timeLeft().map(this::within).orElse(options));
            attempt.answered(FeignAnswers.answer(answer.status(), answer.headers()));
            return answer.status() >= FIRST_ERROR ? marked(answer, attempt) : answer;
        } catch (IOException | RuntimeException failure) {
            attempt.failed(failure);
            throw failure;
        }
    }

    /** Tells guarded calls on other threads, which find no notes. */
    private static Response marked(Response answer, ExchangeAttempt attempt) {
        return attempt.markOfErrors()
                .map(mark -> answer.toBuilder()
                        .headers(FeignHeaders.with(answer.headers(), Map.of(ResilienceHeaders.RETRY, mark)))
                        .build())
                .orElse(answer);
    }

    /** The client's own limits, where they are not longer than the time there is. */
    private Request.Options within(Duration left) {
        long millis = Math.max(1, left.toMillis());
        return new Request.Options(
                shorter(options.connectTimeoutMillis(), millis),
                TimeUnit.MILLISECONDS,
                shorter(options.readTimeoutMillis(), millis),
                TimeUnit.MILLISECONDS,
                options.isFollowRedirects());
    }

    private static long shorter(long own, long left) {
        return Math.min(own <= 0 ? Integer.MAX_VALUE : own, left);
    }

    /** Reads the body, or the beginning of a long one. */
    private static Response read(Response answer, long most) throws IOException {
        Response.Body body = answer.body();
        if (body == null
                || most <= 0
                || FeignAnswers.answer(answer.status(), answer.headers()).isStream()) {
            return answer;
        }
        InputStream rest = body.asInputStream();
        byte[] head = firstBytes(rest, (int) most + 1);
        if (head.length <= most) {
            answer.close();
            return answer.toBuilder().body(head).build();
        }
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), rest);
        return answer.toBuilder().body(all, body.length()).build();
    }

    /** Bytes that trickle in keep to the read timeout, and sockets are deaf to interrupts: so it looks between them. */
    private static byte[] firstBytes(InputStream source, int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[CHUNK];
        while (bytes.size() < most) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("The body did not come in time");
            }
            int length = source.read(part, 0, Math.min(part.length, most - bytes.size()));
            if (length < 0) {
                break;
            }
            bytes.write(part, 0, length);
        }
        return bytes.toByteArray();
    }

    /** Whether all of it is here, so that it can be kept at no cost to the connection. */
    private static boolean isHere(Response answer) {
        return answer.body() == null || answer.body().isRepeatable();
    }

    private static void close(@Nullable Response answer) {
        if (answer != null) {
            answer.close();
        }
    }
}
