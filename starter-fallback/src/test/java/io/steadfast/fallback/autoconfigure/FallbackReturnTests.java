package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.steadfast.fallback.Fallback;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a fallback may return. */
class FallbackReturnTests {

    @Test
    void whenPrimitiveAndBoxMeet_thenTheyAreTheSame() {
        Plain plain = Guarded.proxy(new Plain());

        assertThat(plain.primitive()).isEqualTo(1);
        assertThat(plain.boxed()).isEqualTo(2L);
    }

    @Test
    void whenABoxedFallbackAnswersNullForAPrimitive_thenItsCallerIsToldWhoDidIt() {
        assertThatThrownBy(Guarded.proxy(new Plain())::answeredByNull)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The fallback Plain.nullInstead answered null where the guarded method returns a primitive")
                .hasSuppressedException(Plain.DOWN);
    }

    @Test
    void whenTheGuardedMethodIsVoid_thenAnyFallbackDoes() {
        Plain plain = new Plain();
        Guarded.proxy(plain).nothing();
        Guarded.proxy(plain).nothingByAnswer();

        assertThat(plain.seen).containsExactly("void", "answer");
    }

    @Test
    void whenTheFallbackReturnsASubclass_thenItFits() {
        assertThat(Guarded.proxy(new Plain()).numbers()).containsExactly(1, 2);
        assertThat(Guarded.proxy(new Plain()).optional()).contains("known");
        assertThat(Guarded.proxy(new Plain()).wildcard()).hasSize(1);
        assertThat(Guarded.proxy(new Plain()).array()).containsExactly("a");
    }

    @Test
    void whenAStageFails_thenAStageOfEitherTypeOrAPlainValueAnswers() {
        Stages target = new Stages();
        Stages stages = Guarded.proxy(target);

        assertThat(stages.byFuture().toCompletableFuture().join()).isEqualTo("future");
        assertThat(stages.byStage().join()).isEqualTo("stage");
        assertThat(stages.byValue().join()).isEqualTo("value");
        assertThat(stages.bySubclass().join()).isEqualTo(7);
        assertThat(stages.ofNothing().join()).isNull();
        assertThat(target.seen).containsExactly("nothing");
    }

    @Test
    void whenAMonoFails_thenAMonoOrAPlainValueAnswers() {
        Publishers publishers = Guarded.proxy(new Publishers());

        assertThat(publishers.monoByMono().block()).isEqualTo("mono");
        assertThat(publishers.monoByValue().block()).isEqualTo("value");
        assertThat(publishers.monoOfNothing().block()).isNull();
    }

    @Test
    void whenAFluxFails_thenAnyPublisherOrAPlainValueAnswers() {
        Publishers publishers = Guarded.proxy(new Publishers());

        assertThat(publishers.fluxByFlux().collectList().block()).containsExactly("a", "b");
        assertThat(publishers.fluxByMono().collectList().block()).containsExactly("mono");
        assertThat(publishers.fluxByPublisher().collectList().block()).containsExactly("publisher");
        assertThat(publishers.fluxByValue().collectList().block()).containsExactly("value");
    }

    @Test
    void whenTheFluxIsOfLists_thenAListIsAPlainValue() {
        assertThat(Guarded.proxy(new Publishers()).fluxOfLists().collectList().block())
                .containsExactly(List.of("a", "b"));
    }

    static class Plain {

        static final IllegalStateException DOWN = new IllegalStateException("down");

        final List<String> seen = new ArrayList<>();

        @Fallback(method = "primitiveInstead")
        int primitive() {
            throw new IllegalStateException();
        }

        private Integer primitiveInstead() {
            return 1;
        }

        @Fallback(method = "boxedInstead")
        Long boxed() {
            throw new IllegalStateException();
        }

        private long boxedInstead() {
            return 2;
        }

        @Fallback(method = "nullInstead")
        int answeredByNull() {
            throw DOWN;
        }

        private Integer nullInstead() {
            return null;
        }

        @Fallback(method = "nothingInstead")
        void nothing() {
            throw new IllegalStateException();
        }

        private void nothingInstead() {
            seen.add("void");
        }

        @Fallback(method = "answerInstead")
        void nothingByAnswer() {
            throw new IllegalStateException();
        }

        private boolean answerInstead() {
            return seen.add("answer");
        }

        @Fallback(method = "numbersInstead")
        List<Integer> numbers() {
            throw new IllegalStateException();
        }

        private ArrayList<Integer> numbersInstead() {
            return new ArrayList<>(List.of(1, 2));
        }

        @Fallback(method = "optionalInstead")
        Optional<String> optional() {
            throw new IllegalStateException();
        }

        private Optional<String> optionalInstead() {
            return Optional.of("known");
        }

        @Fallback(method = "wildcardInstead")
        List<? extends Number> wildcard() {
            throw new IllegalStateException();
        }

        private List<Long> wildcardInstead() {
            return List.of(1L);
        }

        @Fallback(method = "arrayInstead")
        Object[] array() {
            throw new IllegalStateException();
        }

        private String[] arrayInstead() {
            return new String[] {"a"};
        }
    }

    static class Stages {

        final List<String> seen = new ArrayList<>();

        @Fallback(method = "futureInstead")
        CompletionStage<String> byFuture() {
            return CompletableFuture.failedFuture(new IOException());
        }

        private CompletableFuture<String> futureInstead(IOException failure) {
            return CompletableFuture.completedFuture("future");
        }

        @Fallback(method = "stageInstead")
        CompletableFuture<String> byStage() {
            return CompletableFuture.failedFuture(new IOException());
        }

        private CompletionStage<String> stageInstead() {
            return CompletableFuture.completedStage("stage");
        }

        @Fallback(method = "valueInstead")
        CompletableFuture<String> byValue() {
            throw new IllegalStateException();
        }

        private String valueInstead() {
            return "value";
        }

        @Fallback(method = "subclassInstead")
        CompletableFuture<Number> bySubclass() {
            return CompletableFuture.failedFuture(new IOException());
        }

        private CompletableFuture<Integer> subclassInstead() {
            return CompletableFuture.completedFuture(7);
        }

        @Fallback(method = "nothingInstead")
        CompletableFuture<Void> ofNothing() {
            return CompletableFuture.failedFuture(new IOException());
        }

        private void nothingInstead() {
            seen.add("nothing");
        }
    }

    static class Publishers {

        @Fallback(method = "monoInstead")
        Mono<String> monoByMono() {
            return Mono.error(new IOException());
        }

        private Mono<String> monoInstead() {
            return Mono.just("mono");
        }

        @Fallback(method = "valueInstead")
        Mono<String> monoByValue() {
            return Mono.error(new IOException());
        }

        private String valueInstead() {
            return "value";
        }

        @Fallback(method = "nothingInstead")
        Mono<Void> monoOfNothing() {
            return Mono.error(new IOException());
        }

        private void nothingInstead() {}

        @Fallback(method = "fluxInstead")
        Flux<String> fluxByFlux() {
            return Flux.error(new IOException());
        }

        private Flux<String> fluxInstead() {
            return Flux.just("a", "b");
        }

        @Fallback(method = "monoInstead")
        Flux<String> fluxByMono() {
            return Flux.error(new IOException());
        }

        @Fallback(method = "publisherInstead")
        Flux<String> fluxByPublisher() {
            return Flux.error(new IOException());
        }

        private Publisher<String> publisherInstead() {
            return Mono.just("publisher");
        }

        @Fallback(method = "valueInstead")
        Flux<String> fluxByValue() {
            return Flux.error(new IOException());
        }

        @Fallback(method = "listInstead")
        Flux<List<String>> fluxOfLists() {
            return Flux.error(new IOException());
        }

        private List<String> listInstead() {
            return List.of("a", "b");
        }
    }
}
