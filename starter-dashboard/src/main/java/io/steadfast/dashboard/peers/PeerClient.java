package io.steadfast.dashboard.peers;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.steadfast.core.time.Timer;
import io.steadfast.spring.events.OneLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks an instance for its snapshot, and for nothing else: an instance that is asked never asks others. */
public final class PeerClient {

    /** Far more than the snapshot of a thousand calls. */
    private static final long LONGEST_ANSWER = 16L * 1024 * 1024;

    private final String path;

    private final Duration timeout;

    private final PeerCredentials credentials;

    private final Self self;

    private final Timer timer;

    /**
     * A client.
     *
     * @param path where each instance serves its snapshot, below its address
     * @param timeout how long an instance may take for all of its answer
     * @param credentials what to send with a request
     * @param self recognises this instance
     * @param timer ends what takes too long
     */
    public PeerClient(String path, Duration timeout, PeerCredentials credentials, Self self, Timer timer) {
        this.path = path;
        this.timeout = timeout;
        this.credentials = credentials;
        this.self = self;
        this.timer = timer;
    }

    /** Completes with a reply in any case, within the time. */
    CompletableFuture<PeerReply> ask(Peer peer) {
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = Client.SHARED.sendAsync(
                    request(peer.uri()), head -> new BoundedBody(BodySubscribers.ofByteArray(), LONGEST_ANSWER));
        } catch (RuntimeException unusable) {
            return CompletableFuture.completedFuture(PeerReply.failure(text(unusable)));
        }
        CompletableFuture<PeerReply> reply = new CompletableFuture<>();
        Timer.Scheduled end = timer.schedule(
                () -> {
                    reply.complete(PeerReply.failure("no answer within " + timeout.toMillis() + " ms"));
                    exchange.cancel(true); // the client's own limit ends with the head of an answer
                },
                timeout.toNanos());
        exchange.whenComplete((response, failure) -> {
            end.cancel();
            reply.complete(failure == null ? read(response) : PeerReply.failure(text(failure)));
        });
        return reply;
    }

    private HttpRequest request(URI peer) {
        String base = peer.toString();
        URI target = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(timeout).header("Accept", "application/json");
        credentials.authorization(peer).ifPresent(value -> authorize(request, value));
        return request.build();
    }

    private static void authorize(HttpRequest.Builder request, String value) {
        try {
            request.header("Authorization", value.strip());
        } catch (IllegalArgumentException unusable) {
            // Its message has the value, which must not be shown.
            throw new IllegalStateException(
                    "what is to be sent as Authorization cannot be: it has characters that no header may have");
        }
    }

    private PeerReply read(HttpResponse<byte[]> response) {
        String run = response.headers().firstValue(Self.HEADER).orElse(null);
        if (self.run().equals(run)) {
            return PeerReply.fromSelf();
        }
        if (response.statusCode() != 200) {
            return PeerReply.failure(hint(response.statusCode()));
        }
        try {
            JsonNode body = JsonMapper.shared().readTree(response.body());
            return body instanceof ObjectNode snapshot && snapshot.path("calls").isArray()
                    ? PeerReply.of(snapshot, run)
                    : PeerReply.failure("its answer is no snapshot");
        } catch (RuntimeException | StackOverflowError unreadable) {
            return PeerReply.failure("its answer is no snapshot");
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 ->
                "status " + status
                        + ": set resilience.dashboard.peer-authorization here, or resilience.dashboard.enabled=true there if nothing guards it";
            case 404 -> "status 404: no dashboard there, or at another path";
            default -> "status " + status;
        };
    }

    private static String text(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ConnectException) {
            return "no connection";
        }
        @Nullable String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : OneLine.of(message);
    }

    /** Made when the first instance is asked. */
    private static final class Client {

        static final HttpClient SHARED = HttpClient.newBuilder()
                .version(Version.HTTP_1_1) // no attempt at an upgrade, which some servers answer with an error
                .followRedirects(Redirect.NEVER) // an address from a registry must not lead anywhere else
                .build();
    }
}
