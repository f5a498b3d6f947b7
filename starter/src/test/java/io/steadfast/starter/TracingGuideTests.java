package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.micrometer.common.KeyValues;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.steadfast.failover.Failover;
import io.steadfast.retry.Retry;
import io.steadfast.spring.autoconfigure.ResilienceContextAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceObservationAutoConfiguration;
import io.steadfast.spring.observation.DefaultResilienceObservationConvention;
import io.steadfast.spring.observation.ResilienceObservationContext;
import io.steadfast.timeout.Timeout;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** The code of {@code docs/guide/tracing.md}, and the spans that it promises of calls to pools and of calls that take too long. */
class TracingGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/tracing.md");

    private static final Path THIS = Path.of("src/test/java/io/steadfast/starter/TracingGuideTests.java");

    private static void run(Class<?> more, Consumer<ApplicationContext> test) {
        Steadfast.inRealTime(Tracing.class, Shelf.class, more)
                .withConfiguration(AutoConfigurations.of(
                        ObservationAutoConfiguration.class,
                        ResilienceObservationAutoConfiguration.class,
                        ResilienceContextAutoConfiguration.class))
                .withPropertyValues(
                        "resilience.failover.instances.shelf.urls=http://10.0.0.7:8080,http://10.0.0.8:8080",
                        "resilience.retry.instances.shelf.wait-duration=0",
                        "resilience.timeout.instances.slow.limit=20ms")
                .run(test::accept);
    }

    private static SpanData span(ApplicationContext context, String name) {
        InMemorySpanExporter spans = context.getBean(InMemorySpanExporter.class);
        Awaitility.await().until(() -> !Tracing.named(spans, name).isEmpty());
        return Tracing.named(spans, name).get(0);
    }

    private static String attribute(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        List<String> snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(found -> squeezed(found.group(1)))
                .toList();
        assertThat(snippets)
                .hasSize(1)
                .allSatisfy(
                        snippet -> assertThat(squeezed(Files.readString(THIS))).contains(snippet));
    }

    @Test
    void whenTheApplicationHasAConventionOfItsOwn_thenSpansHaveItsKeys() {
        run(TenantConvention.class, context -> {
            context.getBean(Shelf.class).left(null);

            assertThat(attribute(span(context, "call shelf"), "tenant")).isEqualTo("north");
        });
    }

    @Test
    void whenAPoolPicksInstances_thenTheSpanNamesEachAndTheLast() {
        run(Tenants.class, context -> {
            Shelf shelf = context.getBean(Shelf.class);
            shelf.left(null);

            SpanData call = span(context, "call shelf");
            assertThat(attribute(call, "instance")).isEqualTo(shelf.last());
            assertThat(Tracing.events(call)).contains("attempt 2 at " + shelf.last());
        });
    }

    @Test
    void whenAnAttemptTakesTooLong_thenTheSpanSaysSoAndIsAnError() {
        run(Tenants.class, context -> {
            assertThat(catchThrowable(() -> context.getBean(Shelf.class).slow().join()))
                    .isNotNull();

            SpanData call = span(context, "call slow");
            assertThat(attribute(call, "outcome")).isEqualTo("timeout");
            assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(Tracing.events(call)).anyMatch(event -> event.startsWith("timed out: timeout 'slow'"));
        });
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "").replace("staticclass", "class");
    }

    @Component
    static class TenantConvention extends DefaultResilienceObservationConvention {

        @Override
        public KeyValues getLowCardinalityKeyValues(ResilienceObservationContext context) {
            return super.getLowCardinalityKeyValues(context)
                    .and("tenant", Tenants.of(context.call().arguments()));
        }
    }

    static class Tenants {

        static String of(@Nullable Object... arguments) {
            return arguments.length == 1 ? "north" : "unknown";
        }
    }

    static class Shelf {

        private volatile String last = "";

        @Failover("shelf")
        @Retry("shelf")
        String left(URI instance) {
            String before = last;
            last = instance.getAuthority();
            if (before.isEmpty()) {
                throw new IllegalStateException("the first one has none");
            }
            return "7";
        }

        String last() {
            return last;
        }

        @Timeout("slow")
        CompletableFuture<String> slow() {
            return new CompletableFuture<>();
        }
    }
}
