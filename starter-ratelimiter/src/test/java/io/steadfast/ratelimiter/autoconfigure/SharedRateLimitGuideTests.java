package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.lettuce.core.RedisClient;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.SharedLimitConfig;
import io.steadfast.ratelimiter.SharedRateLimiter;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import io.steadfast.ratelimiter.redis.MemoryBucket;
import io.steadfast.ratelimiter.redis.RealRedis;
import io.steadfast.ratelimiter.redis.RedisSharedLimits;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/** The code, the settings and the numbers of {@code docs/guide/shared-rate-limit.md}: they compile, they bind, and they are so. */
class SharedRateLimitGuideTests {

    private static final Path GUIDE = Path.of("../docs/guide/shared-rate-limit.md");

    private static final Path THIS =
            Path.of("src/test/java/io/steadfast/ratelimiter/autoconfigure/SharedRateLimitGuideTests.java");

    /** Of the guide's settings. */
    private static final Bandwidth[] LIMITS = {
        new Bandwidth(10, Duration.ofSeconds(1)), new Bandwidth(100, Duration.ofMinutes(1))
    };

    @Test
    void whenTheGuideShowsJava_thenItIsCodeOfThisTest() throws IOException {
        List<String> snippets = blocks("java");

        assertThat(snippets).hasSize(1);
        assertThat(squeezed(Files.readString(THIS))).contains(squeezed(snippets.get(0)));
    }

    @Test
    void whenThePlainJavaOfTheGuideIsRun_thenItShares() throws Exception {
        Service service = new Service();
        try (RealRedis server = RealRedis.start()) {
            int port = server.port();
            RedisClient client = RedisClient.create("redis://localhost:" + port);
            RedisSharedLimits redis = new RedisSharedLimits(() -> client, "shop:", PolicyRuntime.system());

            LimiterConfig config = LimiterConfig.builder()
                    .limitForPeriod(10)
                    .timeoutDuration(Duration.ofMillis(500))
                    .build();
            RateLimiterPolicy limiter = SharedRateLimiter.of("geocoder", config, SharedLimitConfig.defaults(), redis);
            Pipeline geocoder = Pipeline.of("geocoder", limiter);

            Place place = geocoder.call(() -> service.find("Lisbon"));

            assertThat(place).isEqualTo(new Place("Lisbon"));
            redis.close();
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void whenTheGuideShowsYaml_thenItBindsWithoutAnUnknownKey() throws IOException {
        Settings geocoder = bind(blocks("yaml").get(0)).getInstances().get("geocoder");

        assertThat(geocoder.getScope()).isEqualTo(Scope.SHARED);
        assertThat(SharedSettings.read(geocoder).bandwidths(new SettingsReader(geocoder).read()))
                .containsExactly(LIMITS);
    }

    @Test
    void whenTheGuideNamesABucket4j_thenItIsTheOneThatIsTested() throws IOException {
        String tested = Pattern.compile("<bucket4j.version>(.*)</bucket4j.version>")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(blocks("xml").get(0)).contains("<version>" + tested + "</version>");
    }

    @Test
    void whenTheGuideNamesDefaults_thenTheyAre() throws IOException {
        assertThat(SharedSettings.read(new Settings())).isEqualTo(SharedLimitConfig.defaults());
        assertThat(Files.readString(GUIDE))
                .contains(
                        "| `store-timeout` | 100 ms |",
                        "| `store-probe-interval` | 1 s |",
                        "| `store-down` | `local` |");
    }

    /** The first table. */
    @Test
    void whenPermitsComeBackOneByOne_thenAsTheGuideSays() {
        MemoryBucket bucket = new MemoryBucket(LIMITS);
        for (int call = 0; call < 10; call++) {
            assertThat(takeNow(bucket)).isZero();
        }
        bucket.pass(Duration.ofMillis(50));
        assertThat(takeNow(bucket)).as("refused, come back in").isEqualTo(-50);
        bucket.pass(Duration.ofMillis(50));
        assertThat(takeNow(bucket)).isZero();

        int entered = 11;
        while (bucket.age().compareTo(Duration.ofMillis(10_800)) < 0) {
            bucket.pass(Duration.ofMillis(100));
            assertThat(takeNow(bucket)).as("after %s", bucket.age()).isZero();
            entered++;
        }
        assertThat(entered).isEqualTo(118);
        for (int call = 0; call < 10; call++) {
            assertThat(takeNow(bucket)).isEqualTo(-600);
            bucket.pass(Duration.ofMillis(600));
            assertThat(takeNow(bucket)).isZero();
        }
    }

    /** The second table. */
    @Test
    void whenCallsMayWait_thenTheyWaitAsTheGuideSays() {
        MemoryBucket bucket = new MemoryBucket(LIMITS);
        Duration longestWait = Duration.ofMillis(500);
        for (int call = 0; call < 10; call++) {
            assertThat(take(bucket, longestWait)).isZero();
        }
        for (long wait = 100; wait <= 500; wait += 100) {
            assertThat(take(bucket, longestWait)).isEqualTo(wait);
        }
        assertThat(take(bucket, longestWait)).as("refused, there in").isEqualTo(-600);
    }

    private static long takeNow(MemoryBucket bucket) {
        return take(bucket, Duration.ZERO);
    }

    /** In milliseconds. */
    private static long take(MemoryBucket bucket, Duration longestWait) {
        return bucket.take(1, longestWait).toNanos() / 1_000_000;
    }

    private static RateLimiterProperties bind(String yaml) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.rate-limiter",
                        Bindable.of(RateLimiterProperties.class),
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

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }

    record Place(String name) {}

    static final class Service {

        Place find(String name) {
            return new Place(name);
        }
    }
}
