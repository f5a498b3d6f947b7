package io.steadfast.http.reactive;

import java.io.ByteArrayOutputStream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * Reads a body into memory of the heap, and releases each data buffer as it comes. What is longer than expected is handed on: first
 * what has been read, then the rest, as it is asked for.
 */
final class ReadAhead extends BaseSubscriber<DataBuffer> {

    private final int most;

    private final MonoSink<Read> sink;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Takes what comes after the beginning; written by the signals of the body, which follow each other. */
    private Sinks.@Nullable Many<DataBuffer> rest;

    private ReadAhead(int most, MonoSink<Read> sink) {
        this.most = most;
        this.sink = sink;
    }

    /**
     * Reads when it is subscribed to.
     *
     * @param body the body
     * @param most how many bytes to read
     * @return what has been read; cancelling it cancels the body
     */
    static Mono<Read> of(Flux<DataBuffer> body, int most) {
        return Mono.create(sink -> {
            ReadAhead reader = new ReadAhead(most, sink);
            sink.onCancel(reader);
            body.subscribe(reader);
        });
    }

    @Override
    public Context currentContext() {
        return Context.of(sink.contextView());
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(1);
    }

    @Override
    protected void hookOnNext(DataBuffer buffer) {
        if (rest != null) {
            if (rest.tryEmitNext(buffer).isFailure()) {
                DataBufferUtils.release(buffer);
            }
            return;
        }
        byte[] chunk = new byte[buffer.readableByteCount()];
        buffer.read(chunk);
        DataBufferUtils.release(buffer);
        bytes.writeBytes(chunk);
        if (bytes.size() <= most) {
            request(1);
        } else {
            rest = Sinks.many().unicast().onBackpressureBuffer();
            sink.success(new Read(begun(rest), this));
        }
    }

    @Override
    protected void hookOnComplete() {
        if (rest == null) {
            sink.success(new Read(ReceivedResponse.bufferOf(bytes.toByteArray()), null));
        } else {
            rest.tryEmitComplete();
        }
    }

    @Override
    protected void hookOnError(Throwable failure) {
        if (rest == null) {
            sink.error(failure);
        } else {
            rest.tryEmitError(failure);
        }
    }

    private Flux<DataBuffer> begun(Sinks.Many<DataBuffer> rest) {
        Flux<DataBuffer> coming = rest.asFlux()
                .doOnRequest(this::request)
                .doOnCancel(this::cancel)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
        return Flux.concat(ReceivedResponse.bufferOf(bytes.toByteArray()), coming)
                .doOnCancel(this::cancel);
    }

    /**
     * What has been read.
     *
     * @param body the body from its beginning
     * @param rest gives up what has not been read; {@code null} if nothing is left
     */
    record Read(Flux<DataBuffer> body, @Nullable Disposable rest) {}
}
