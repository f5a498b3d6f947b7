package io.steadfast.http.reactive;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An answer of which the beginning, in most cases all, has been read: a body that comes slowly, or is cut off, is then a failure of the
 * attempt, and not one that its receiver meets outside the guard.
 *
 * @param response to be handed on; all data buffers that came over the connection so far have been released
 * @param rest gives up what has not been read; {@code null} if all of it is here
 */
record ReceivedResponse(ClientResponse response, @Nullable Disposable rest) {

    /**
     * Reads the body.
     *
     * @param most how many bytes to read; a longer body is handed on after them as it comes
     */
    static Mono<ReceivedResponse> read(ClientResponse response, long most) {
        if (most <= 0 || WebClientAnswers.answer(response).isStream()) {
            return Mono.just(new ReceivedResponse(response, () -> giveUp(response)));
        }
        return ReadAhead.of(response.body(BodyExtractors.toDataBuffers()), (int) most)
                .map(read -> new ReceivedResponse(with(read.body(), response), read.rest()));
    }

    /** Whether all of it is here, so that it can be kept at no cost to the connection. */
    boolean isComplete() {
        return rest == null;
    }

    void close() {
        if (rest != null) {
            rest.dispose();
        }
    }

    static Flux<DataBuffer> bufferOf(byte[] bytes) {
        return bytes.length == 0
                ? Flux.empty()
                : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
    }

    private static ClientResponse with(Flux<DataBuffer> body, ClientResponse response) {
        return response.mutate().body(consumed -> body).build();
    }

    /** Not by reading all of it: a stream may never end. */
    private static void giveUp(ClientResponse response) {
        response.body(BodyExtractors.toDataBuffers()).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });
    }
}
