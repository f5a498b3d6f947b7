package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.Pipeline;
import io.steadfast.fallback.Fallback;
import io.steadfast.fallback.FallbackPolicy;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.CallRequest;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.NamedCall;
import io.steadfast.spring.NamedCalls;
import io.steadfast.timeout.Timeout;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

/** What the guides for those who come from elsewhere show as the new code compiles, starts, and does what the old one did. */
class MigrationGuideTests {

    private static final Path GUIDES = Path.of("../docs/guide");

    private static final Path THIS = Path.of("src/test/java/io/steadfast/starter/MigrationGuideTests.java");

    @ParameterizedTest
    @CsvSource({"from-spring-retry.md,3", "from-hystrix.md,2"})
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest(String page, int count) throws IOException {
        String source = squeezed(Files.readString(THIS));

        assertThat(blocks(page, "java"))
                .hasSize(count)
                .allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }

    @Test
    void whenComingFromSpringRetry_thenTheSettingsAreThoseOfBefore() throws IOException {
        application("from-spring-retry.md", 0, FromSpringRetry.class).run(context -> {
            assertThat(shown(context, "stock", "retry", "max-attempts")).isEqualTo(4);
            assertThat(shown(context, "stock", "retry", "wait-duration")).hasToString("200ms");
            assertThat(shown(context, "stock", "retry", "exponential-max-wait-duration"))
                    .hasToString("2s");
            FromSpringRetry shop = context.getBean(FromSpringRetry.class);
            assertThat(shop.stock("4711")).isEqualTo(new Stock("4711", 0));
            assertThat(shop.calls()).isEqualTo(4);
        });
    }

    @Test
    void whenComingFromSpringFramework_thenTheSettingsAreThoseOfBefore() throws IOException {
        application("from-spring-retry.md", 1, FromSpringFramework.class).run(context -> {
            assertThat(policies(context, "left")).isEqualTo("retry, bulkhead");
            assertThat(shown(context, "left", "retry", "max-duration")).hasToString("5s");
            assertThat(shown(context, "left", "bulkhead", "max-concurrent-calls"))
                    .isEqualTo(10);
            FromSpringFramework shop = context.getBean(FromSpringFramework.class);
            assertThatThrownBy(() -> shop.left("4711")).isInstanceOf(IOException.class);
            assertThat(shop.calls()).isEqualTo(4);
        });
    }

    @Test
    void whenComingFromARetryTemplate_thenACallByNameIsRetried() throws IOException {
        application("from-spring-retry.md", 0, FromSpringRetry.class).run(context -> {
            NamedCalls calls = context.getBean(NamedCalls.class);
            Client client = new Client(2);

            NamedCall stock = calls.guard(CallRequest.with("stock", "the stock importer", "retry"));
            int left = stock.pipeline().call(() -> client.left("4711"));

            assertThat(left).isEqualTo(7);
        });
    }

    @Test
    void whenComingFromHystrix_thenTheSettingsAreThoseOfBefore() throws IOException {
        application("from-hystrix.md", 0, FromHystrix.class).run(context -> {
            assertThat(policies(context, "stock")).isEqualTo("fallback, circuit-breaker, timeout, bulkhead");
            assertThat(shown(context, "stock", "timeout", "limit")).hasToString("800ms");
            assertThat(shown(context, "stock", "circuit-breaker", "wait-duration-in-open-state"))
                    .hasToString("10s");
            assertThat(shown(context, "stock", "bulkhead", "max-concurrent-calls"))
                    .isEqualTo(20);
            FromHystrix shop = context.getBean(FromHystrix.class);
            assertThat(shop.stock("4711")).isEqualTo(new Stock("4711", 0));
            assertThatThrownBy(() -> shop.stock("")).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void whenComingFromACommandInCode_thenAPipelineAnswers() throws Exception {
        Client client = new Client(1);

        Pipeline stock = Pipeline.of(
                "stock",
                FallbackPolicy.of("stock", (call, failure) -> 0),
                CircuitBreakerPolicy.of("stock", BreakerConfig.defaults()),
                TimeoutPolicy.attempt(
                        "stock",
                        TimeoutConfig.builder().limit(Duration.ofSeconds(1)).build()),
                BulkheadPolicy.of(
                        "stock", BulkheadConfig.builder().maxConcurrentCalls(10).build()));

        int left = stock.call(() -> client.left("4711"));

        assertThat(left).isZero();
        assertThat(stock.call(() -> client.left("4711"))).isEqualTo(7);
    }

    static class FromSpringRetry {

        private final Client client = new Client(100);

        @Retry(value = "stock", maxAttempts = 4, waitDuration = "200ms", retryExceptions = IOException.class)
        @Fallback(value = "stock", method = "unknown", exceptions = IOException.class)
        public Stock stock(String product) throws IOException {
            return client.stock(product);
        }

        Stock unknown(String product, IOException failure) {
            return new Stock(product, 0);
        }

        public int calls() {
            return client.calls;
        }
    }

    static class FromSpringFramework {

        private final Client client = new Client(100);

        @Retry(value = "left", maxAttempts = 4, waitDuration = "200ms", retryExceptions = IOException.class)
        @Bulkhead(value = "left", maxConcurrentCalls = 10)
        public int left(String product) throws IOException {
            return client.left(product);
        }

        public int calls() {
            return client.calls;
        }
    }

    static class FromHystrix {

        private final Remote client = new Remote();

        @Timeout("stock")
        @CircuitBreaker("stock")
        @Bulkhead("stock")
        @Fallback(value = "stock", method = "unknown")
        public Stock stock(String product) {
            return client.stock(product);
        }

        private Stock unknown(String product) {
            return new Stock(product, 0);
        }
    }

    record Stock(String product, int left) {}

    /** Fails a number of times. */
    static class Client {

        private final int failures;

        private int calls;

        Client(int failures) {
            this.failures = failures;
        }

        int left(String product) throws IOException {
            if (++calls <= failures) {
                throw new IOException("connection reset");
            }
            return 7;
        }

        Stock stock(String product) throws IOException {
            return new Stock(product, left(product));
        }
    }

    /** Is down, but not for nonsense. */
    static class Remote {

        Stock stock(String product) {
            if (product.isEmpty()) {
                throw new IllegalArgumentException("no product");
            }
            throw new IllegalStateException("down");
        }
    }

    private static ApplicationContextRunner application(String page, int yaml, Class<?> bean) throws IOException {
        byte[] settings = blocks(page, "yaml").get(yaml).getBytes(StandardCharsets.UTF_8);
        return Steadfast.application(bean).withInitializer(context -> {
            try {
                new YamlPropertySourceLoader()
                        .load("guide", new ByteArrayResource(settings))
                        .forEach(context.getEnvironment().getPropertySources()::addLast);
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        });
    }

    private static String policies(AssertableApplicationContext context, String call) {
        return call(context, call).pipeline().stream()
                .map(policy -> policy.id().policy())
                .collect(Collectors.joining(", "));
    }

    private static Object shown(AssertableApplicationContext context, String call, String policy, String key) {
        return call(context, call).pipeline().stream()
                .filter(guarded -> guarded.id().policy().equals(policy))
                .findFirst()
                .orElseThrow()
                .values()
                .get(key)
                .value();
    }

    private static GuardedCall call(AssertableApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class).find(call).orElseThrow();
    }

    private static List<String> blocks(String page, String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDES.resolve(page)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Layout differs between a page and a file. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "").trim();
    }
}
