package io.steadfast.turnstile;

import static io.steadfast.test.PipelineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;

import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.reactor.ReactorPipelines;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The code of docs/guide/without-spring.md. */
class WithoutSpringTests {

    private final Turnstile turnstile = new Turnstile("stock", 5);

    private final Client client = new Client();

    @Test
    void whenCalledInEachWay_thenEachIsGuarded() throws Exception {
        // tag::four[]
        Pipeline stock = Pipeline.of("stock", turnstile);
        int left = stock.call(() -> client.left("4711"));
        CompletableFuture<Integer> later = stock.callAsync(() -> client.leftAsync("4711"));
        Mono<Integer> reactive = client.leftReactive("4711").transform(ReactorPipelines.mono(stock));
        // end::four[]
        assertThat(left).isEqualTo(3);
        assertThat(later).isCompletedWithValue(3);
        StepVerifier.create(reactive).expectNext(3).verifyComplete();
        assertThat(turnstile.inside()).isZero();
    }

    @Test
    void whenBuiltWithListener_thenItHears() throws Exception {
        RecordingListener listener = new RecordingListener();
        // tag::builder[]
        Pipeline stock = Pipeline.named("stock")
                .policy(turnstile)
                .runtime(PolicyRuntime.system().withListener(listener))
                .ignoring(failure -> failure instanceof IllegalArgumentException)
                .build();
        // end::builder[]
        stock.call(() -> client.left("4711"));
        assertThatThrownBy(() -> stock.call(() -> {
                    throw new IllegalArgumentException("no such product");
                }))
                .hasMessage("no such product");
        assertThat(listener.outcomes()).containsExactly(Outcome.SUCCESS, Outcome.IGNORED);
        assertThat(stock).hasOrder("turnstile");
        assertThatThrownBy(() -> assertThat(stock).hasOrder("retry", "turnstile"))
                .hasMessageContaining("[retry, turnstile]")
                .hasMessageContaining("but it passes");
    }

    /** Somebody who knows the stock. */
    private static final class Client {

        int left(String id) {
            return 3;
        }

        CompletableFuture<Integer> leftAsync(String id) {
            return CompletableFuture.completedFuture(left(id));
        }

        Mono<Integer> leftReactive(String id) {
            return Mono.fromCallable(() -> left(id));
        }
    }
}
