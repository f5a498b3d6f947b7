package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.steadfast.spring.autoconfigure.ResilienceContextAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceMetricsAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceObservationAutoConfiguration;
import io.steadfast.starter.TracedShop.Seen;
import io.steadfast.starter.TracedShop.Way;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** What a trace shows of guarded calls, and what their parts know of it, in all the ways of calling. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ObservedCallsTests {

    private static void run(Consumer<Scene> test) {
        Steadfast.inRealTime(Tracing.class, TracedShop.class)
                .withConfiguration(AutoConfigurations.of(
                        ObservationAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class,
                        ResilienceMetricsAutoConfiguration.class,
                        ResilienceObservationAutoConfiguration.class,
                        ResilienceContextAutoConfiguration.class))
                .withPropertyValues(
                        "resilience.retry.instances.stock.wait-duration=1ms",
                        "resilience.hedge.instances.stock.extra-load=1",
                        "resilience.circuit-breaker.instances.stock.sliding-window-size=1",
                        "resilience.circuit-breaker.instances.stock.minimum-number-of-calls=1",
                        "resilience.circuit-breaker.instances.stock.sliding-window-type=count-based")
                .run(context -> test.accept(new Scene(context)));
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsRepeated_thenItIsOneSpanUnderThatOfItsCaller(Way way) {
        run(scene -> {
            scene.shop.fail(1);
            assertThat(scene.call(way.left)).isEqualTo("7");

            SpanData call = scene.span();
            assertThat(call.getParentSpanId())
                    .isEqualTo(Tracing.named(scene.spans, "caller").get(0).getSpanId());
            assertThat(call.getKind()).isEqualTo(SpanKind.INTERNAL);
            assertThat(call.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
            assertThat(attribute(call, "name")).isEqualTo("stock");
            assertThat(attribute(call, "outcome")).isEqualTo("success");
            assertThat(attribute(call, "attempts")).isEqualTo("2");
            assertThat(Tracing.events(call))
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo("attempt 1"),
                            then -> assertThat(then).startsWith("retrying: retry 'stock', attempt 1 failed"),
                            last -> assertThat(last).isEqualTo("attempt 2"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenAnAttemptMakesARequest_thenItsSpanIsUnderThatOfTheCall(Way way) {
        run(scene -> {
            scene.shop.fail(1);
            scene.call(way.left);

            assertThat(Tracing.named(scene.spans, "http"))
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.getParentSpanId())
                            .isEqualTo(scene.span().getSpanId()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenAttemptsAndFallbackRunAnywhere_thenEachKnowsTraceLogAndUser(Way way) {
        run(scene -> {
            scene.shop.fail(5);
            assertThat(scene.call(way.left)).isEqualTo("0");

            SpanData call = scene.span();
            assertThat(attribute(call, "outcome")).isEqualTo("fallback");
            assertThat(scene.shop.seen())
                    .extracting(Seen::where)
                    .containsExactly("attempt", "attempt", "attempt", "fallback");
            assertThat(scene.shop.seen()).allSatisfy(seen -> knowsAll(seen, call));
            assertThat(Tracing.events(call))
                    .filteredOn(event -> event.startsWith("fallback used") || event.startsWith("retries exhausted"))
                    .hasSize(2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsHedged_thenBothAttemptsKnowTraceLogAndUser(Way way) {
        run(scene -> {
            scene.shop.fail(1);
            assertThat(scene.call(way.hedged)).isEqualTo("7");

            SpanData call = scene.span();
            assertThat(attribute(call, "attempts")).isEqualTo("2");
            assertThat(scene.shop.seen()).hasSize(2).allSatisfy(seen -> knowsAll(seen, call));
            assertThat(Tracing.events(call))
                    .contains("attempt 1", "attempt 2")
                    .anyMatch(event -> event.startsWith("hedged: hedge 'stock'"))
                    .anyMatch(event -> event.startsWith("hedge won: hedge 'stock'"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenACallOpensTheBreaker_thenItsSpanSaysSoAndTheNextOneThatItWasRefused(Way way) {
        run(scene -> {
            scene.shop.fail(1);
            assertThat(catchThrowable(() -> scene.call(way.bare))).isNotNull();
            SpanData failed = scene.span();
            assertThat(attribute(failed, "outcome")).isEqualTo("failure");
            assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(Tracing.events(failed))
                    .contains("state changed: circuit-breaker 'stock' went from CLOSED to OPEN");

            scene.spans.reset();
            assertThat(catchThrowable(() -> scene.call(way.bare))).isNotNull();
            SpanData refused = scene.span();
            assertThat(attribute(refused, "outcome")).isEqualTo("refused");
            assertThat(attribute(refused, "attempts")).isEqualTo("0");
            assertThat(Tracing.events(refused))
                    .anyMatch(event -> event.startsWith("refused: circuit-breaker 'stock'"))
                    .noneMatch(event -> event.startsWith("attempt"));
        });
    }

    @Test
    void whenTheCallerCancels_thenTheSpanEndsWithoutAnError() {
        run(scene -> {
            CompletableFuture<String> hanging = scene.shop.hanging();
            assertThat(scene.spans.getFinishedSpanItems()).isEmpty();
            hanging.cancel(true);

            SpanData call = scene.span();
            assertThat(attribute(call, "outcome")).isEqualTo("cancelled");
            assertThat(call.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallIsOver_thenItsThreadIsWhereItWas(Way way) {
        run(scene -> {
            scene.shop.fail(1);
            Observation caller = Observation.start("caller", scene.registry);
            try (Observation.Scope scope = caller.openScope()) {
                assertThat(way.left.apply(scene.shop)).isEqualTo("7");
                assertThat(scene.registry.getCurrentObservation()).isSameAs(caller);
                assertThat(scope.getPreviousObservationScope()).isNull();
            }
        });
    }

    @Test
    void whenWhatFollowsACallRuns_thenItIsNoPartOfTheCall() {
        run(scene -> {
            Observation caller = Observation.start("caller", scene.registry);
            Observation[] known = new Observation[1];
            try (Observation.Scope scope = caller.openScope()) {
                scene.shop.fail(1); // so that the timer's thread, which knows the call, begins what ends it
                scene.shop
                        .leftLater()
                        .thenRun(() -> known[0] = scene.registry.getCurrentObservation())
                        .join();
            }
            assertThat(known[0]).isIn(caller, null);
        });
    }

    @Test
    void whenTheCallerIsKnownByItsReactorContextOnly_thenItIsTheParent() {
        run(scene -> {
            Observation caller = Observation.start("caller", scene.registry);
            scene.shop
                    .leftMono()
                    .contextWrite(context -> context.put("micrometer.observation", caller))
                    .block();
            caller.stop();
            assertThat(scene.span().getParentSpanId())
                    .isEqualTo(Tracing.named(scene.spans, "caller").get(0).getSpanId());
        });
    }

    @Test
    void whenObservationsAndMetersArePresent_thenACallIsTimedOnce() {
        run(scene -> {
            scene.call(Way.PLAIN.left);
            MeterRegistry meters = scene.context.getBean(MeterRegistry.class);
            assertThat(meters.get("resilience.calls")
                            .tag("outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.find("caller").timer()).isNotNull();
            assertThat(meters.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .noneMatch(name -> name.equals("resilience.call") || name.startsWith("resilience.call."));
        });
    }

    private static void knowsAll(Seen seen, SpanData call) {
        assertThat(seen.span()).isEqualTo(call.getSpanId());
        assertThat(seen.traceInLog()).isEqualTo(call.getTraceId());
        assertThat(seen.userInLog()).isEqualTo("alice");
        assertThat(seen.user()).isEqualTo("alice");
    }

    private static String attribute(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }

    private record Scene(
            ApplicationContext context, TracedShop shop, InMemorySpanExporter spans, ObservationRegistry registry) {

        Scene(ApplicationContext context) {
            this(
                    context,
                    context.getBean(TracedShop.class),
                    context.getBean(InMemorySpanExporter.class),
                    context.getBean(ObservationRegistry.class));
        }

        /** As a request of alice's would. */
        String call(Function<TracedShop, String> way) {
            SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("alice", "")));
            MDC.put("user", "alice");
            try {
                return Observation.createNotStarted("caller", registry).observe(() -> way.apply(shop));
            } finally {
                MDC.remove("user");
                SecurityContextHolder.clearContext();
            }
        }

        /** The one span of the call. */
        SpanData span() {
            Awaitility.await().until(() -> !Tracing.named(spans, "call stock").isEmpty());
            List<SpanData> calls = Tracing.named(spans, "call stock");
            assertThat(calls).hasSize(1);
            return calls.get(0);
        }
    }
}
