package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.timeout.Timeout;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

/** The code, the settings and the numbers of {@code docs/guide/timeout.md}: they compile, they bind, and they are the same there. */
class TimeoutGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/timeout.md");

    private static final Path THIS = Path.of("src/test/java/io/steadfast/timeout/autoconfigure/TimeoutGuideTests.java");

    private final Client client = product -> 7;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        List<String> snippets = blocks("java");

        assertThat(snippets).hasSize(5);
        String source = squeezed(Files.readString(THIS));
        assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }

    @Test
    void whenTheGuideShowsYaml_thenItBindsWithoutAnUnknownKey() throws IOException {
        TimeoutProperties chosen = bind(blocks("yaml").get(0));

        assertThat(chosen.getDefaults().getTotal()).isEqualTo(Duration.ofSeconds(10));
        assertThat(chosen.getInstances().get("inventory").getLimit()).isEqualTo(Duration.ofMillis(800));
        assertThat(chosen.getInstances().get("reports").isSeparateThread()).isTrue();
    }

    @Test
    void whenTheGuideListsTheKeys_thenNoneIsMissing() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(BeanUtils.getPropertyDescriptors(TimeoutProperties.Settings.class))
                .filteredOn(property -> property.getWriteMethod() != null)
                .allSatisfy(property -> assertThat(guide)
                        .contains("| `" + DataObjectPropertyName.toDashedForm(property.getName()) + "` |"));
    }

    @Test
    void whenTheTargetHangs_thenTheGuidesTimelineIsWhatHappens() throws IOException {
        application(blocks("yaml").get(1)).run(context -> {
            Inventory inventory = context.getBean(Inventory.class);
            ManualTimer timer = context.getBean(ManualTimer.class);
            inventory.target(() -> {
                timer.sleep(Duration.ofHours(1).toNanos());
                return 7;
            });

            assertThat(inventory.left("4711")).isEqualTo(-1);

            assertThat(inventory.attempts())
                    .containsExactly(
                            "0 ms, 800 ms left", "1000 ms, 800 ms left", "2200 ms, 300 ms left", "2500 ms, fallback");
        });
        assertThat(Files.readString(GUIDE))
                .containsSubsequence(
                        "| 0 ms | attempt 1", "| 1000 ms | attempt 2", "| 2200 ms | attempt 3", "| 2500 ms |");
    }

    @Test
    void whenAWaitCannotFit_thenTheGuidesTimelineIsWhatHappens() throws IOException {
        application("resilience.retry.instances.inventory: {wait-duration: 1s, jitter: none, max-attempts: 3}")
                .run(context -> {
                    Inventory inventory = context.getBean(Inventory.class);
                    IOException refused = new IOException("connection refused");
                    inventory.target(() -> {
                        throw refused;
                    });

                    assertThat(inventory.left("4711")).isEqualTo(-1);

                    assertThat(inventory.attempts())
                            .containsExactly("0 ms, 800 ms left", "1000 ms, 800 ms left", "1000 ms, fallback");
                    assertThat(refused.getSuppressed()).hasAtLeastOneElementOfType(DeadlineExceededException.class);
                    String said = context.getBean(RecordingListener.class).events().stream()
                            .filter(event -> event.kind() == Kind.RETRY_ABANDONED)
                            .map(PolicyEvent::detail)
                            .findFirst()
                            .orElseThrow();
                    assertThat(squeezed(Files.readString(GUIDE))).contains("`RETRY_ABANDONED` says \"" + said + "\"");
                });
    }

    @Test
    void whenTheAttemptsDoNotFit_thenTheGuideShowsTheText() throws IOException {
        String guide = Files.readString(GUIDE);
        application("{resilience.timeout.instances.inventory: {limit: 2s, total: 5s}}")
                .run(context -> {
                    String text = Application.problems(context).get(0);
                    assertThat(guide).contains("    " + text.substring(0, text.indexOf(" (")) + "\n");
                });
    }

    @Test
    void whenTheDeadlineIsTold_thenClientsGetWhatIsLeft() throws Exception {
        List<Integer> seconds = new ArrayList<>();
        Statement statement = (Statement) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    seconds.add((Integer) arguments[0]);
                    return null;
                });
        ManualTimer timer = new ManualTimer();
        limit(statement);
        for (Duration left : List.of(Duration.ofMillis(3500), Duration.ofMillis(300), Duration.ZERO)) {
            Deadline.in(left, timer.ticker()).call(() -> {
                limit(statement);
                return null;
            });
        }
        assertThat(seconds).containsExactly(3, 1, 1);
        try (Socket socket = new Socket()) {
            int before = socket.getSoTimeout();
            limit(socket);
            assertThat(socket.getSoTimeout()).isEqualTo(before);
            Deadline.in(Duration.ofMillis(300), timer.ticker()).call(() -> {
                limit(socket);
                return null;
            });
            assertThat(socket.getSoTimeout()).isEqualTo(300);
        }
    }

    @Test
    void whenTheDeadlineIsTakenToAnotherThreadByHand_thenItHoldsThere() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        List<Optional<Duration>> seen = new ArrayList<>();
        Client client = product -> {
            seen.add(Deadline.remaining());
            return 7;
        };
        try {
            handOver(executor, client).get();
            Deadline.in(Duration.ofSeconds(2), new ManualTimer().ticker())
                    .call(() -> handOver(executor, client).get());
        } finally {
            executor.shutdownNow();
        }
        assertThat(seen).containsExactly(Optional.empty(), Optional.of(Duration.ofSeconds(2)));
    }

    private static Future<Integer> handOver(ExecutorService executor, Client client) {
        Optional<Deadline> deadline = Deadline.current();
        Callable<Integer> body = () -> client.left("4711");
        Future<Integer> later =
                executor.submit(deadline.isEmpty() ? body : () -> deadline.get().call(body));
        return later;
    }

    @Test
    void whenTheGuidesPlainJavaIsRun_thenItAnswers() throws Exception {
        TimeoutConfig config = TimeoutConfig.builder()
                .limit(Duration.ofMillis(800))
                .total(Duration.ofMillis(2500))
                .build();
        Pipeline stock = Pipeline.of(
                "stock",
                TimeoutPolicy.total("stock", config),
                RetryPolicy.of("stock", RetryConfig.defaults()),
                TimeoutPolicy.attempt("stock", config));

        int left = stock.call(() -> client.left("4711"));

        assertThat(left).isEqualTo(7);
    }

    @Test
    void whenAServerDoesNotAnswer_thenTheClientGivesUpWhenTheDeadlineSaysSo() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());

            assertThat(catchThrowable(() -> Deadline.in(Duration.ofMillis(50)).call(() -> fetch(uri))))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    public String fetch(URI uri) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        Deadline.remaining().filter(left -> !left.isZero()).ifPresent(request::timeout);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    public void limit(Statement statement) throws SQLException {
        Optional<Duration> left = Deadline.remaining();
        if (left.isPresent()) {
            statement.setQueryTimeout(Math.max(1, (int) left.get().toSeconds()));
        }
    }

    public void limit(Socket socket) throws SocketException {
        Optional<Duration> left = Deadline.remaining();
        if (left.isPresent()) {
            socket.setSoTimeout(Math.max(1, (int) left.get().toMillis()));
        }
    }

    @Bean
    TaskExecutor taskExecutor() {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("async-");
        executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
        return executor;
    }

    static class Guarded {

        private final Client client = product -> 7;

        @Timeout(value = "inventory", limit = "800ms", total = "2500ms")
        @Retry("inventory")
        public int left(String product) throws IOException {
            return client.left(product);
        }
    }

    /** The same with a fallback and a log. */
    static class Inventory {

        private final ManualTimer timer;

        private final long start;

        private final List<String> attempts = new ArrayList<>();

        private Target target = () -> 7;

        Inventory(ManualTimer timer) {
            this.timer = timer;
            this.start = timer.ticker().nanos();
        }

        @Timeout(value = "inventory", limit = "800ms", total = "2500ms")
        @Retry("inventory")
        @Fallback(value = "inventory", method = "unknown")
        public int left(String product) throws Exception {
            attempts.add(now() + ", " + Deadline.remaining().orElseThrow().toMillis() + " ms left");
            return target.left();
        }

        int unknown(String product) {
            attempts.add(now() + ", fallback");
            return -1;
        }

        void target(Target other) {
            target = other;
        }

        List<String> attempts() {
            return attempts;
        }

        private String now() {
            return (timer.ticker().nanos() - start) / 1_000_000 + " ms";
        }
    }

    interface Target {
        int left() throws Exception;
    }

    interface Client {
        int left(String product) throws IOException;
    }

    private static ApplicationContextRunner application(String yaml) throws IOException {
        List<String> properties = new ArrayList<>();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(source -> ((org.springframework.core.env.MapPropertySource) source)
                        .getSource()
                        .forEach((key, value) -> properties.add(key + "=" + value)));
        return Application.with(Inventory.class).withPropertyValues(properties.toArray(String[]::new));
    }

    private static TimeoutProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.timeout",
                        Bindable.of(TimeoutProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .get();
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Layout differs between a page and a file. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }
}
