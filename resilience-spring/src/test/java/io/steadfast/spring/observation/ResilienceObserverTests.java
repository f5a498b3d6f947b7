package io.steadfast.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.steadfast.core.ContextCarrier;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Observations as their handlers see them. */
class ResilienceObserverTests {

    private static final PolicyId RETRY = new PolicyId("retry", "stock");

    private final ObservationRegistry registry = ObservationRegistry.create();

    private final List<Observation.Context> stopped = new ArrayList<>();

    private final List<String> events = new ArrayList<>();

    private @Nullable ResilienceObservationConvention convention;

    private final ResilienceObserver observer = new ResilienceObserver(() -> registry, () -> convention, other -> null);

    private void listen() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }

            @Override
            public void onEvent(Observation.Event event, Observation.Context context) {
                events.add(event.getName() + " = " + event.getContextualName());
            }

            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }
        });
    }

    private Pipeline pipeline(String name) {
        return pipeline(name, observer);
    }

    private static Pipeline pipeline(String name, ResilienceObserver observer) {
        return Pipeline.named(name)
                .runtime(new PolicyRuntime(Ticker.system(), Timer.system(), observer, ContextCarrier.NONE, observer))
                .build();
    }

    @Test
    void whenACallEnds_thenItsObservationHasTheStandardNamesAndKeys() throws Exception {
        listen();
        pipeline("stock").call(() -> 7);

        assertThat(stopped).hasSize(1);
        Observation.Context call = stopped.get(0);
        assertThat(call.getName()).isEqualTo("resilience.call");
        assertThat(call.getContextualName()).isEqualTo("call stock");
        assertThat(call.getAllKeyValues())
                .containsExactlyInAnyOrder(
                        KeyValue.of("name", "stock"), KeyValue.of("outcome", "success"), KeyValue.of("attempts", "1"));
        assertThat(call.getError()).isNull();
        assertThat(events).containsExactly("resilience.attempt = attempt 1");
    }

    @Test
    void whenACallFails_thenItsObservationHasTheError() {
        listen();
        Throwable thrown = catchThrowable(() -> pipeline("stock").call(() -> {
            throw new IOException("down");
        }));
        assertThat(stopped.get(0).getError()).isSameAs(thrown);
        assertThat(stopped.get(0).getLowCardinalityKeyValue("outcome").getValue())
                .isEqualTo("failure");
    }

    @Test
    void whenTheApplicationHasAConvention_thenItReplacesOurs() throws Exception {
        listen();
        convention = new DefaultResilienceObservationConvention("shop.call") {
            @Override
            public KeyValues getLowCardinalityKeyValues(ResilienceObservationContext context) {
                return super.getLowCardinalityKeyValues(context).and("tenant", "acme");
            }
        };
        pipeline("stock").call(() -> 7);
        assertThat(stopped.get(0).getName()).isEqualTo("shop.call");
        assertThat(stopped.get(0).getLowCardinalityKeyValue("tenant").getValue())
                .isEqualTo("acme");
    }

    @Test
    void whenNobodyListens_thenNothingIsObserved() throws Exception {
        Observation[] current = new Observation[1];
        pipeline("stock").call(() -> current[0] = registry.getCurrentObservation());
        assertThat(current[0]).isNull();
        assertThat(observer.hears(Kind.REFUSED)).isFalse();
    }

    @Test
    void whenAPredicateExcludesCalls_thenTheCallersObservationStaysTheCurrentOne() throws Exception {
        listen();
        registry.observationConfig().observationPredicate((name, context) -> !name.equals("resilience.call"));
        Observation caller = Observation.start("caller", registry);
        Observation[] current = new Observation[1];
        try (Observation.Scope scope = caller.openScope()) {
            pipeline("stock").call(() -> current[0] = registry.getCurrentObservation());
            assertThat(scope.getCurrentObservation()).isSameAs(caller);
        }
        assertThat(current[0]).isSameAs(caller);
        assertThat(stopped).isEmpty();
    }

    @Test
    void whenSomethingHappensToAnotherCallInside_thenItIsNotNotedHere() throws Exception {
        listen();
        pipeline("stock").call(() -> {
            observer.policyEvent(PolicyEvent.of(Kind.RETRYING, RETRY, "other", "again", null));
            observer.policyEvent(PolicyEvent.of(Kind.RETRYING, RETRY, "stock", "again", null));
            return 7;
        });
        assertThat(events)
                .containsExactly(
                        "resilience.attempt = attempt 1", "resilience.retrying = retrying: retry 'stock', again");
    }

    @Test
    void whenTheApplicationHasNoConvention_thenItIsLookedForOnce() throws Exception {
        listen();
        AtomicInteger asked = new AtomicInteger();
        ResilienceObserver asking = new ResilienceObserver(
                () -> registry,
                () -> {
                    asked.incrementAndGet();
                    return null;
                },
                other -> null);
        Pipeline stock = pipeline("stock", asking);
        stock.call(() -> 7);
        stock.call(() -> 7);
        assertThat(stopped).hasSize(2);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whenTheRegistryHasAConvention_thenItReplacesOurs() throws Exception {
        listen();
        registry.observationConfig()
                .observationConvention(new GlobalObservationConvention<ResilienceObservationContext>() {
                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return context instanceof ResilienceObservationContext;
                    }

                    @Override
                    public String getName() {
                        return "global.call";
                    }
                });
        pipeline("stock").call(() -> 7);
        assertThat(stopped.get(0).getName()).isEqualTo("global.call");
    }

    @Test
    void whenTheConventionThrows_thenTheObservationEndsWithTheStandardKeys() throws Exception {
        listen();
        convention = new DefaultResilienceObservationConvention("shop.call") {
            @Override
            public KeyValues getLowCardinalityKeyValues(ResilienceObservationContext context) {
                throw new AssertionError("broken");
            }
        };
        assertThat(pipeline("stock").call(() -> 7)).isEqualTo(7);
        assertThat(stopped).hasSize(1);
        assertThat(stopped.get(0).getName()).isEqualTo("shop.call");
        assertThat(stopped.get(0).getLowCardinalityKeyValue("outcome").getValue())
                .isEqualTo("success");
    }

    @ParameterizedTest
    @EnumSource
    void whenAHandlerThrows_thenTheCallGoesOnAndItsThreadIsWhereItWas(At at) throws Exception {
        Observation caller = Observation.start("caller", registry);
        try (Observation.Scope scope = caller.openScope()) {
            registry.observationConfig().observationHandler(new Broken(at));
            assertThat(pipeline("stock").call(() -> 7)).isEqualTo(7);
            assertThat(pipeline("stock").callAsync(() -> CompletableFuture.completedFuture(7)))
                    .isCompletedWithValue(7);
            assertThat(registry.getCurrentObservationScope()).isSameAs(scope);
        }
    }

    @Test
    void whenAHandlerThrowsAtTheError_thenTheObservationEndsAllTheSame() {
        listen();
        registry.observationConfig().observationHandler(new Broken(At.ERROR));
        Throwable thrown = catchThrowable(() -> pipeline("stock").call(() -> {
            throw new IOException("down");
        }));
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(stopped).hasSize(1);
    }

    enum At {
        START,
        OPEN,
        CLOSE,
        EVENT,
        ERROR,
        STOP
    }

    /** Of calls only: the caller's own trouble is not ours. */
    private record Broken(At at) implements ObservationHandler<ResilienceObservationContext> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ResilienceObservationContext;
        }

        private void breakAt(At here) {
            if (here == at) {
                throw new AssertionError("broken at " + at);
            }
        }

        @Override
        public void onStart(ResilienceObservationContext context) {
            breakAt(At.START);
        }

        @Override
        public void onScopeOpened(ResilienceObservationContext context) {
            breakAt(At.OPEN);
        }

        @Override
        public void onScopeClosed(ResilienceObservationContext context) {
            breakAt(At.CLOSE);
        }

        @Override
        public void onEvent(Observation.Event event, ResilienceObservationContext context) {
            breakAt(At.EVENT);
        }

        @Override
        public void onError(ResilienceObservationContext context) {
            breakAt(At.ERROR);
        }

        @Override
        public void onStop(ResilienceObservationContext context) {
            breakAt(At.STOP);
        }
    }
}
