package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.StateChangedEvent;
import io.steadfast.spring.autoconfigure.ResilienceContextAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceEventsAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceObservationAutoConfiguration;
import io.steadfast.starter.TracedDepot.End;
import io.steadfast.starter.TracedShop.Way;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** Traces of calls that come to no good, that are given up, or that change what a policy does, in all the ways of calling. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ObservedEndsTests {

    private static void run(Consumer<ApplicationContext> test, String... more) {
        Steadfast.inRealTime(Tracing.class, TracedDepot.class, Hearing.class, Changes.class)
                .withConfiguration(AutoConfigurations.of(
                        ObservationAutoConfiguration.class,
                        ResilienceEventsAutoConfiguration.class,
                        ResilienceObservationAutoConfiguration.class,
                        ResilienceContextAutoConfiguration.class))
                .withPropertyValues(
                        "resilience.retry.instances.stock.wait-duration=1ms",
                        "resilience.retry.instances.thrifty.budget.ratio=0.01",
                        "resilience.retry.instances.thrifty.budget.reserve-per-second=0",
                        "resilience.timeout.instances.slow.limit=20ms",
                        "resilience.timeout.instances.apart.limit=1m",
                        "resilience.timeout.instances.apart.separate-thread=true",
                        "resilience.hedge.instances.stock.extra-load=1",
                        "resilience.circuit-breaker.instances.stock.sliding-window-size=1",
                        "resilience.circuit-breaker.instances.stock.minimum-number-of-calls=1",
                        "resilience.circuit-breaker.instances.stock.sliding-window-type=count-based")
                .withPropertyValues(more)
                .run(test::accept);
    }

    @ParameterizedTest
    @EnumSource
    void whenTimeRunsOut_thenTheSpanSaysSoAndIsAnError(End end) {
        run(context -> {
            assertThat(catchThrowable(() -> call(context, end.slow))).isNotNull();

            SpanData call = span(context, "call slow");
            assertThat(attribute(call, "outcome")).isEqualTo("timeout");
            assertThat(attribute(call, "attempts")).isEqualTo("1");
            assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(Tracing.events(call))
                    .anyMatch(event -> event.startsWith("timed out: timeout 'slow', no answer within 20 ms"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenTheFallbackFailsToo_thenTheSpanSaysSoAndIsAnError(End end) {
        run(context -> {
            assertThat(catchThrowable(() -> call(context, end.doomed))).isNotNull();

            SpanData call = span(context, "call doomed");
            assertThat(attribute(call, "outcome")).isEqualTo("failure");
            assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(Tracing.events(call))
                    .anyMatch(event -> event.startsWith("fallback used: fallback 'doomed'"))
                    .anyMatch(event -> event.startsWith("fallback failed: fallback 'doomed'"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenThereIsNoBudgetForARetry_thenTheSpanSaysSo(End end) {
        run(context -> {
            assertThat(catchThrowable(() -> call(context, end.thrifty))).isNotNull();

            assertThat(Tracing.events(span(context, "call thrifty")))
                    .anyMatch(event -> event.startsWith("budget empty: retry 'thrifty'"))
                    .noneMatch(event -> event.startsWith("retrying"));
        });
    }

    @ParameterizedTest
    @EnumSource(names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void whenTheCallerGivesUp_thenTheSpanEndsOnceAndIsNoError(End end) {
        run(context -> {
            Runnable giveUp = end.hanging.apply(context.getBean(TracedDepot.class));
            assertThat(context.getBean(InMemorySpanExporter.class).getFinishedSpanItems())
                    .isEmpty();
            giveUp.run();
            giveUp.run();

            SpanData call = span(context, "call stock");
            assertThat(attribute(call, "outcome")).isEqualTo("cancelled");
            assertThat(call.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsCounted_thenItsSpanIsTheCurrentOne(End end) {
        run(context -> {
            assertThat(catchThrowable(() -> call(context, end.slow))).isNotNull();

            SpanData call = span(context, "call slow");
            assertThat(context.getBean(Hearing.class).spans).containsExactly(call.getSpanId());
        });
    }

    @Test
    void whenAPlainMethodRunsOnAThreadOfItsOwn_thenItKnowsTraceLogAndUser() {
        run(context -> {
            call(context, TracedDepot::apart);

            SpanData call = span(context, "call apart");
            assertThat(context.getBean(TracedShop.class).seen()).singleElement().satisfies(seen -> {
                assertThat(seen.where())
                        .isNotEqualTo("on " + Thread.currentThread().getName());
                assertThat(seen.span()).isEqualTo(call.getSpanId());
                assertThat(seen.traceInLog()).isEqualTo(call.getTraceId());
                assertThat(seen.userInLog()).isEqualTo("alice");
                assertThat(seen.user()).isEqualTo("alice");
            });
        });
    }

    @Test
    void whenTheUserIsKnownByReactorsContextOnly_thenEachAttemptAndTheFallbackKnowHim() {
        run(context -> {
            TracedDepot depot = context.getBean(TracedDepot.class);
            depot.owners()
                    .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                            new TestingAuthenticationToken("alice", "")))
                    .block();
            assertThat(depot.usersInContext()).containsExactly("alice", "alice", "alice", "alice");
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenABreakerOpensAndRefusesManyCalls_thenThatIsOneEventAndOneLine(Way way, CapturedOutput output) {
        run(context -> {
            TracedDepot depot = context.getBean(TracedDepot.class);
            depot.fail(1);
            for (int i = 0; i < 20; i++) {
                assertThat(catchThrowable(() -> way.bare.apply(depot))).isNotNull();
            }
            assertThat(context.getBean(Changes.class).heard)
                    .extracting(StateChangedEvent::name, StateChangedEvent::from, StateChangedEvent::to)
                    .containsExactly(tuple("stock", "CLOSED", "OPEN"));
            assertThat(output.getAll().lines().filter(line -> line.contains("io.steadfast.resilience")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "circuit-breaker 'stock' went from CLOSED to OPEN");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resilience.observations.enabled=false", "management.observations.enable.resilience.call=false"})
    void whenSwitchedOff_thenCallsHaveNoSpanAndRunBelowTheirCallers(String property) {
        run(
                context -> {
                    call(context, Way.PLAIN.left::apply);

                    assertThat(Tracing.named(context.getBean(InMemorySpanExporter.class), "call stock"))
                            .isEmpty();
                    assertThat(span(context, "http").getParentSpanId())
                            .isEqualTo(span(context, "caller").getSpanId());
                },
                property);
    }

    /** As a request of alice's would. */
    private static @Nullable String call(ApplicationContext context, Function<? super TracedDepot, String> way) {
        SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("alice", "")));
        MDC.put("user", "alice");
        try {
            return Observation.createNotStarted("caller", context.getBean(ObservationRegistry.class))
                    .observe(() -> way.apply(context.getBean(TracedDepot.class)));
        } finally {
            MDC.remove("user");
            SecurityContextHolder.clearContext();
        }
    }

    /** The one span of that name. */
    private static SpanData span(ApplicationContext context, String name) {
        InMemorySpanExporter spans = context.getBean(InMemorySpanExporter.class);
        Awaitility.await().until(() -> !Tracing.named(spans, name).isEmpty());
        assertThat(Tracing.named(spans, name)).hasSize(1);
        return Tracing.named(spans, name).get(0);
    }

    private static String attribute(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }

    /** Meters are recorded where listeners hear of calls. */
    static class Hearing implements ResilienceListener {

        private final List<String> spans = new CopyOnWriteArrayList<>();

        private final ObjectProvider<Tracer> tracer;

        Hearing(ObjectProvider<Tracer> tracer) {
            this.tracer = tracer;
        }

        @Override
        public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
            Span current = tracer.getObject().currentSpan();
            spans.add(current == null ? "none" : current.context().spanId());
        }
    }

    static class Changes {

        private final List<StateChangedEvent> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(StateChangedEvent change) {
            heard.add(change);
        }
    }
}
