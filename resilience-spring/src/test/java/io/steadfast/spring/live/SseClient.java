package io.steadfast.spring.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events over real HTTP. */
final class SseClient implements Flow.Subscriber<String>, AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private final CompletableFuture<HttpResponse<Void>> response;

    private volatile Flow.Subscription subscription;

    private volatile HttpHeaders headers;

    private String event = "";

    SseClient(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/event-stream")
                .build();
        response = HTTP.sendAsync(request, answer -> {
            headers = answer.headers();
            return HttpResponse.BodySubscribers.fromLineSubscriber(this);
        });
    }

    /** The next frame of a name; others are passed over. */
    Frame next(String name) throws InterruptedException {
        Frame frame = frames.poll(20, TimeUnit.SECONDS);
        while (frame != null && !frame.event().equals(name)) {
            frame = frames.poll(20, TimeUnit.SECONDS);
        }
        return frame;
    }

    /** Headers of the answer, once it has begun. */
    HttpHeaders headers() {
        return headers;
    }

    CompletableFuture<Void> end() {
        return end;
    }

    boolean isOpen() {
        return !end.isDone() && !response.isCompletedExceptionally();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith("event:")) {
            event = line.substring(6).trim();
        } else if (line.startsWith("data:")) {
            frames.add(new Frame(event, line.substring(5)));
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.cancel();
        }
        response.cancel(true);
    }
}
