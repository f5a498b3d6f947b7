package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.steadfast.fallback.Fallback;
import io.steadfast.spring.InvalidGuardException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Mistakes are told at start-up, with the signature that would have been right. */
class FallbackRefusalTests {

    private static final String MAY_BE_LEFT_OUT = " (the failure, the parameters or both may be left out).";

    @Test
    void whenNothingIsNamed_thenItIsRefused() {
        class Inventory {
            @Fallback
            Stock find(String id) {
                return null;
            }
        }

        InvalidGuardException refusal = refusalOf(Inventory.class);

        assertThat(refusal).hasMessage("The fallback of Inventory.find(String) names neither a method nor a bean");
        assertThat(refusal.where()).isEqualTo("@Fallback on Inventory.find(String)");
        assertThat(refusal.action())
                .isEqualTo("Name the method that answers, @Fallback(method = \"...\"), and write it: "
                        + "Stock ...(String id, Throwable failure).");
    }

    @Test
    void whenNoMethodHasTheName_thenItIsRefused() {
        class Inventory {
            @Fallback(method = "fallbackStock")
            Stock find(String id) {
                return null;
            }
        }

        InvalidGuardException refusal = refusalOf(Inventory.class);

        assertThat(refusal)
                .hasMessage("No method 'fallbackStock' of Inventory can answer for Inventory.find(String): "
                        + "no method has that name");
        assertThat(refusal.where()).isEqualTo("@Fallback on Inventory.find(String)");
        assertThat(refusal.action())
                .isEqualTo("Write it; the signature it should have in Inventory is: "
                        + "Stock fallbackStock(String id, Throwable failure)" + MAY_BE_LEFT_OUT);
    }

    @Test
    void whenTheOnlyMethodOfThatNameIsTheGuardedOne_thenItIsRefused() {
        class Inventory {
            @Fallback(method = "find")
            Stock find(String id) {
                return null;
            }
        }

        assertThat(refusalOf(Inventory.class)).hasMessageEndingWith("only the guarded method itself has that name");
    }

    @Test
    void whenTheParametersDiffer_thenEachCandidateIsNamed() {
        class Inventory {
            @Fallback(method = "fallbackStock")
            Stock find(String id, List<String> shelves, int... sizes) {
                return null;
            }

            private Stock fallbackStock(int id) {
                return null;
            }

            private Stock fallbackStock(String id, List<Integer> shelves, int[] sizes) {
                return null;
            }
        }

        InvalidGuardException refusal = refusalOf(Inventory.class);

        assertThat(refusal)
                .hasMessageContaining("'Stock fallbackStock(int)' takes other parameters")
                .hasMessageContaining("'Stock fallbackStock(String, List<Integer>, int[])' takes other parameters");
        assertThat(refusal.action())
                .contains("Stock fallbackStock(String id, List<String> shelves, int[] sizes, Throwable failure)");
    }

    @Test
    void whenTheReturnTypeDiffers_thenItIsRefused() {
        class Inventory {
            @Fallback(method = "fallbackStock")
            Stock find(String id) {
                return null;
            }

            private String fallbackStock(String id, Throwable failure) {
                return "";
            }
        }

        InvalidGuardException refusal = refusalOf(Inventory.class);

        assertThat(refusal).hasMessageEndingWith("'String fallbackStock(String, Throwable)' does not return Stock");
        assertThat(refusal.action())
                .isEqualTo("Change it, or rename it if it is not meant; the signature it should have in Inventory is: "
                        + "Stock fallbackStock(String id, Throwable failure)" + MAY_BE_LEFT_OUT);
    }

    @Test
    void whenOneOfTwoOverloadsReturnsSomethingElse_thenItIsNotPassedOverSilently() {
        class Inventory {
            @Fallback(method = "fallbackStock")
            Stock find(String id) {
                return null;
            }

            private Stock fallbackStock(String id, Throwable failure) {
                return null;
            }

            private String fallbackStock(String id, IllegalStateException failure) {
                return "";
            }
        }

        assertThat(refusalOf(Inventory.class))
                .hasMessageEndingWith("'String fallbackStock(String, IllegalStateException)' does not return Stock");
    }

    @Test
    void whenTheGenericReturnTypeDiffers_thenItIsRefused() {
        class Generics {
            @Fallback(method = "instead")
            Map<String, List<Stock>> find() {
                return null;
            }

            private Map<String, List<String>> instead() {
                return null;
            }
        }

        assertThat(refusalOf(Generics.class))
                .hasMessageEndingWith("'Map<String, List<String>> instead()' does not return Map<String, List<Stock>>");
    }

    @Test
    void whenAMonoOfSomethingElseIsReturned_thenItIsRefused() {
        class Reactive {
            @Fallback(method = "instead")
            Mono<Stock> find(String id) {
                return null;
            }

            private Mono<String> instead(String id, Throwable failure) {
                return null;
            }
        }

        InvalidGuardException refusal = refusalOf(Reactive.class);

        assertThat(refusal)
                .hasMessageEndingWith("'Mono<String> instead(String, Throwable)' does not return Mono<Stock>");
        assertThat(refusal.action()).contains("Mono<Stock> instead(String id, Throwable failure)");
    }

    @Test
    void whenAnotherAsynchronousTypeIsReturned_thenItIsRefusedEvenIfTheContentIsUnknown() {
        class FutureForMono {
            @Fallback(method = "instead")
            Mono<Object> find() {
                return null;
            }

            private CompletableFuture<Object> instead() {
                return null;
            }
        }
        class FluxForMono {
            @Fallback(method = "instead")
            Mono<Stock> find() {
                return null;
            }

            private Flux<Stock> instead() {
                return null;
            }
        }
        class ListForFlux {
            @Fallback(method = "instead")
            Flux<Stock> find() {
                return null;
            }

            private List<Stock> instead() {
                return null;
            }
        }
        class MonoForFuture {
            @Fallback(method = "instead")
            CompletableFuture<Stock> find() {
                return null;
            }

            private Mono<Stock> instead() {
                return null;
            }
        }

        assertThat(refusalOf(FutureForMono.class)).hasMessageEndingWith("does not return Mono<Object>");
        assertThat(refusalOf(FluxForMono.class)).hasMessageEndingWith("does not return Mono<Stock>");
        assertThat(refusalOf(ListForFlux.class)).hasMessageEndingWith("does not return Flux<Stock>");
        assertThat(refusalOf(MonoForFuture.class)).hasMessageEndingWith("does not return CompletableFuture<Stock>");
    }

    @Test
    void whenAVoidMethodStandsForAnAnswer_thenItIsRefused() {
        class Silent {
            @Fallback(method = "instead")
            int find() {
                return 0;
            }

            private void instead() {}
        }
        class SilentStage {
            @Fallback(method = "instead")
            CompletableFuture<Stock> find() {
                return null;
            }

            private void instead() {}
        }

        assertThat(refusalOf(Silent.class)).hasMessageEndingWith("'void instead()' does not return int");
        assertThat(refusalOf(SilentStage.class))
                .hasMessageEndingWith("'void instead()' does not return CompletableFuture<Stock>");
    }

    @Test
    void whenAnotherPrimitiveIsReturned_thenItIsRefused() {
        class Wide {
            @Fallback(method = "instead")
            long count() {
                return 0;
            }

            private Integer instead() {
                return 1;
            }
        }

        assertThat(refusalOf(Wide.class)).hasMessageEndingWith("'Integer instead()' does not return long");
    }

    @Test
    void whenAnOverloadWaitsForWhatNeverComes_thenItIsRefused() {
        class Hopeful {
            @Fallback(method = "instead")
            String find() {
                return "";
            }

            private String instead(OutOfMemoryError failure) {
                return "";
            }

            private String instead(Throwable failure) {
                return "";
            }
        }

        assertThat(refusalOf(Hopeful.class))
                .hasMessageEndingWith("'String instead(OutOfMemoryError)' waits for OutOfMemoryError, "
                        + "which never reaches a fallback");
    }

    @Test
    void whenTheSignatureIsGenericOrHasANameTwice_thenThePastedTextStillCompiles() {
        class Typed {
            @Fallback(method = "instead")
            <T extends Comparable<T>> List<? super T> sort(Supplier<? extends List<T>> failure, T[] more) {
                return null;
            }
        }

        assertThat(refusalOf(Typed.class).action())
                .contains("<T extends Comparable<T>> List<? super T> instead("
                        + "Supplier<? extends List<T>> failure, T[] more, Throwable thrown)");
    }

    @Test
    void whenAPlaceholderHasNoValue_thenItIsRefused() {
        class Placeholder {
            @Fallback(method = "${no.such.property}")
            String find() {
                return "";
            }
        }

        try (var context = new org.springframework.context.support.GenericApplicationContext()) {
            context.getBeanFactory().addEmbeddedValueResolver(context.getEnvironment()::resolveRequiredPlaceholders);
            context.refresh();
            InvalidGuardException refusal = catchThrowableOfType(
                    InvalidGuardException.class, () -> new Guarded(context).pipelines("bean", Placeholder.class));

            assertThat(refusal).hasMessageStartingWith("The placeholder in '${no.such.property}' has no value");
            assertThat(refusal.action())
                    .isEqualTo("Define the property, or give the placeholder a default, ${name:default}.");
        }
    }

    private static InvalidGuardException refusalOf(Class<?> type) {
        return catchThrowableOfType(InvalidGuardException.class, () -> Guarded.bind(type));
    }

    record Stock(String id, int left) {}
}
