package io.steadfast.http.reactive;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.CallRejectedException;
import io.steadfast.http.Exchange;
import io.steadfast.http.ExchangeAttempt;
import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.reactive.GuardedExchanges.Surroundings;
import io.steadfast.reactor.ReactorPipelines;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;

/** One subscription to one request, on its way through the policies of its client. Attempts follow each other. */
final class GuardedExchange {

    private final Exchange exchange;

    private final ClientRequest request;

    private final ExchangeFunction next;

    private final Surroundings around;

    /** What the server said last, as long as it is ours: until it is handed on, or nobody wants it any more. */
    private final AtomicReference<@Nullable ReceivedResponse> latest = new AtomicReference<>();

    private volatile boolean over;

    /** Whether nobody further in says where the request goes. */
    private final boolean directing;

    GuardedExchange(
            Exchange exchange, ClientRequest request, ExchangeFunction next, Surroundings around, boolean directing) {
        this.directing = directing;
        this.exchange = exchange;
        this.request = request;
        this.next = next;
        this.around = around;
    }

    /** Sends it once, unguarded: the answer is handed on as it is. */
    Mono<ClientResponse> send() {
        return sent(around);
    }

    /** Sends it as often as its policies say. */
    Mono<ClientResponse> call() {
        return ReactorPipelines.<GuardedExchange, ClientResponse>mono(
                        exchange.pipeline(), this, GuardedExchange::attempt)
                .onErrorResume(CallRejectedException.class, this::whatStands)
                .doOnNext(this::handOn)
                .doOnError(failure -> end())
                .doOnCancel(this::end);
    }

    private Mono<ClientResponse> attempt() {
        return Mono.deferContextual(context -> {
            closeUnlessComplete(latest.get());
            return sent(around.within(context))
                    .flatMap(response -> ReceivedResponse.read(
                                    response, exchange.rules().maxBufferedBody())
                            .onErrorMap(this::isOfConnection, this::wrapped))
                    .doOnNext(this::keep)
                    .map(ReceivedResponse::response);
        });
    }

    private Mono<ClientResponse> sent(Surroundings inside) {
        return Mono.defer(() -> {
            ExchangeAttempt attempt = exchange.attempt(inside.call(), inside.deadline());
            ClientRequest copy = ClientRequest.from(request)
                    .attribute(GuardedExchanges.MARK, attempt)
                    .url(directing ? attempt.destination(request.url()) : request.url())
                    .headers(headers -> attempt.headers().forEach(headers::set))
                    .httpRequest(RefusedStreams::watch)
                    .build();
            return next.exchange(copy)
                    .doOnNext(response -> attempt.answered(WebClientAnswers.answer(response)))
                    .doOnError(attempt::failed)
                    .map(response -> marked(response, attempt));
        });
    }

    /** Tells guarded calls that the answer reaches by ways on which notes are lost. */
    private static ClientResponse marked(ClientResponse response, ExchangeAttempt attempt) {
        Optional<String> mark = response.statusCode().isError() ? attempt.markOfErrors() : Optional.empty();
        return mark.map(value -> response.mutate()
                        .headers(headers -> headers.add(ResilienceHeaders.RETRY, value))
                        .build())
                .orElse(response);
    }

    /** Another attempt was refused: what the server has said stands. */
    private Mono<ClientResponse> whatStands(CallRejectedException refusal) {
        ReceivedResponse earlier = latest.get();
        return earlier != null && earlier.isComplete() ? Mono.just(earlier.response()) : Mono.error(refusal);
    }

    private void keep(ReceivedResponse received) {
        latest.set(received);
        if (over) {
            end();
        }
    }

    private void handOn(ClientResponse response) {
        ReceivedResponse kept = latest.getAndSet(null);
        if (kept != null && kept.response() != response) {
            closeUnlessComplete(kept);
        }
    }

    private void end() {
        over = true;
        closeUnlessComplete(latest.getAndSet(null));
    }

    private static void closeUnlessComplete(@Nullable ReceivedResponse received) {
        if (received != null && !received.isComplete()) {
            received.close();
        }
    }

    /** The client wraps what happens before the answer; this is what happens while its body is read. */
    private boolean isOfConnection(Throwable failure) {
        return failure instanceof Exception
                && !(failure instanceof WebClientException)
                && !(failure instanceof CallRejectedException);
    }

    private Throwable wrapped(Throwable failure) {
        return new WebClientRequestException(failure, request.method(), request.url(), request.headers());
    }
}
