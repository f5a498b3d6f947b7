package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.SharedLimit;
import io.steadfast.ratelimiter.SharedLimits;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Which Redis a shared limiter uses, and what start-up says if there is none. No server runs: nothing may depend on one. */
class RedisRateLimiterAutoConfigurationTests {

    private static final String SHARED = "resilience.rate-limiter.instances.carrier.scope=shared";

    private final ApplicationContextRunner alone = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RedisRateLimiterAutoConfiguration.class));

    private final ApplicationContextRunner application = alone.withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, RateLimiterAutoConfiguration.class))
            .withBean(Carrier.class)
            .withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=1");

    private final ApplicationContextRunner shared = application.withPropertyValues(SHARED);

    private final ApplicationContextRunner withSpringData =
            shared.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class));

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(RedisRateLimiterAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStarts() {
        alone.withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(SharedLimits.class));
    }

    @Test
    void whenNoLimitIsShared_thenNoRedisIsNeeded() {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Carrier.class).ship()).isTrue();
        });
    }

    @Test
    void whenBucket4jIsAbsent_thenALocalLimitWorksAndASharedOneIsRefusedSayingWhatToAdd() {
        FilteredClassLoader without = new FilteredClassLoader("io.github.bucket4j");
        application.withClassLoader(without).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(SharedLimits.class);
            assertThat(context.getBean(Carrier.class).ship()).isTrue();
        });
        assertRefused(
                withSpringData.withClassLoader(without),
                "scope is shared, but there is no store to share it through: add com.bucket4j:bucket4j_jdk17-lettuce and"
                        + " spring-boot-starter-data-redis, or declare a bean of type"
                        + " io.steadfast.ratelimiter.SharedLimits");
    }

    @Test
    void whenLettuceIsAbsent_thenALocalLimitWorksAndASharedOneIsRefused() {
        FilteredClassLoader without = new FilteredClassLoader("io.lettuce", "org.springframework.data.redis");
        application
                .withClassLoader(without)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SharedLimits.class));
        assertRefused(shared.withClassLoader(without), "there is no store to share it through");
    }

    @Test
    void whenThereIsNoClient_thenTheStartIsRefusedSayingWhatToAdd() {
        assertRefused(
                shared,
                "scope is shared, but the application has no Redis client: set spring.data.redis.* with"
                        + " spring-boot-starter-data-redis on the class path, or declare a bean of type RedisClient or"
                        + " RedisClusterClient");
    }

    @Test
    void whenBootHasMadeAConnectionFactory_thenItsClientIsUsedAndRedisNeedNotBeThere() {
        withSpringData.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(client(context))
                    .isSameAs(context.getBean(LettuceConnectionFactory.class).getNativeClient());
        });
    }

    @Test
    void whenTheApplicationHasAClient_thenItIsUsedAndNotBoots() {
        withSpringData.withUserConfiguration(OneClient.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(client(context)).isSameAs(context.getBean("own"));
        });
    }

    @Test
    void whenSpringDataIsAbsent_thenAClientBeanIsEnough() {
        shared.withClassLoader(new FilteredClassLoader("org.springframework.data"))
                .withUserConfiguration(OneClient.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(client(context)).isSameAs(context.getBean("own"));
                });
    }

    @Test
    void whenThereAreSeveralClients_thenThePrimaryOneIsUsed() {
        shared.withUserConfiguration(OneClient.class, PrimaryClient.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(client(context)).isSameAs(context.getBean("better"));
        });
    }

    @Test
    void whenItIsNotClearWhichClientToUse_thenTheStartIsRefusedNamingThem() {
        assertRefused(
                shared.withUserConfiguration(OneClient.class, OtherClient.class),
                "scope is shared, but it is not clear where: there are 2 beans of type AbstractRedisClient, own, other;"
                        + " make one of them primary");
    }

    @Test
    void whenTheApplicationHasAStoreOfItsOwn_thenItIsUsed() {
        shared.withUserConfiguration(OwnStore.class)
                .withPropertyValues(
                        "spring.application.name=shop",
                        "resilience.rate-limiter.instances.carrier.limit-for-period=100",
                        "resilience.rate-limiter.instances.carrier.limit-refresh-period=1s",
                        "resilience.rate-limiter.instances.carrier.additional-limits[0]=1000/1m",
                        "resilience.rate-limiter.instances.carrier.additional-limits[1]= 20000 / PT1H ",
                        "resilience.rate-limiter.instances.carrier.store-timeout=250ms")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(RedisLimits.class);
                    assertThat(context.getBean(RecordingStore.class).asked)
                            .containsExactly("shop:carrier [100 per 1s, 1000 per 1m, 20000 per 1h] within 250ms");
                    assertThat(context.getBean(Carrier.class).ship()).isTrue();
                });
    }

    @Test
    void whenTheLimitIsNamed_thenServicesCanShareIt() {
        shared.withUserConfiguration(OwnStore.class)
                .withPropertyValues(
                        "spring.application.name=shop",
                        "resilience.rate-limiter.instances.carrier.store-key=carrier-api")
                .run(context -> assertThat(context.getBean(RecordingStore.class).asked)
                        .singleElement()
                        .asString()
                        .startsWith("carrier-api ["));
    }

    @Test
    void whenTheApplicationHasNoName_thenTheInstanceIsEnough() {
        shared.withUserConfiguration(OwnStore.class)
                .run(context -> assertThat(context.getBean(RecordingStore.class).asked)
                        .singleElement()
                        .asString()
                        .startsWith("carrier ["));
    }

    @Test
    void whenSettingsMakeNoSense_thenTheStartIsRefusedNamingAllOfThem() {
        assertRefused(
                withSpringData.withPropertyValues(
                        "resilience.rate-limiter.instances.carrier.additional-limits=often, 10/never, 5/",
                        "resilience.rate-limiter.instances.carrier.store-probe-interval="),
                "additional-limits must be permits and their period, such as 1000/1h, but has 'often'",
                "additional-limits must be permits and their period, such as 1000/1h, but has '10/never'",
                "additional-limits must be permits and their period, such as 1000/1h, but has '5/'",
                "resilience.rate-limiter.instances.carrier.store-probe-interval has no value");
        assertRefused(
                withSpringData.withPropertyValues(
                        "resilience.rate-limiter.instances.carrier.store-timeout=0",
                        "resilience.rate-limiter.instances.carrier.additional-limits=0/1h"),
                "store-timeout must be longer than zero, but is 0s",
                "additional-limits must be at least 1, but is 0");
    }

    @Test
    void whenACallTakesMoreThanThereEverIs_thenTheStartIsRefused() {
        assertRefused(
                withSpringData.withPropertyValues(
                        "resilience.rate-limiter.instances.carrier.permits=30",
                        "resilience.rate-limiter.instances.carrier.additional-limits=20/10ms"),
                "permits is more than a shared limit of 20 per 10ms ever has: 30");
    }

    @Test
    void whenALocalLimiterHasMoreLimits_thenTheStartIsRefused() {
        assertRefused(
                application.withPropertyValues("resilience.rate-limiter.defaults.additional-limits=1000/1h"),
                "additional-limits and scope contradict each other: a limiter of this process has one limit, and only a"
                        + " shared one has more");
    }

    private static void assertRefused(ApplicationContextRunner application, String... messages) {
        application.run(context -> {
            assertThat(context).hasFailed();
            for (String message : messages) {
                assertThat(context.getStartupFailure()).hasStackTraceContaining(message);
            }
        });
    }

    private static AbstractRedisClient client(ApplicationContext context) {
        return new RedisClients((ConfigurableListableBeanFactory) context.getAutowireCapableBeanFactory()).get();
    }

    /** Public for class loaders that are not its own. */
    public static class Carrier {

        @RateLimiter("carrier")
        public boolean ship() {
            return true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneClient {

        @Bean(destroyMethod = "shutdown")
        RedisClient own() {
            return RedisClient.create(RedisURI.create("127.0.0.1", 1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherClient {

        @Bean(destroyMethod = "shutdown")
        RedisClusterClient other() {
            return RedisClusterClient.create(RedisURI.create("127.0.0.1", 1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryClient {

        @Bean(destroyMethod = "shutdown")
        @Primary
        RedisClusterClient better() {
            return RedisClusterClient.create(RedisURI.create("127.0.0.1", 1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStore {

        @Bean
        RecordingStore store() {
            return new RecordingStore();
        }
    }

    /** Admits everything, and remembers what limits it was asked for. */
    static class RecordingStore implements SharedLimits {

        final List<String> asked = new ArrayList<>();

        @Override
        public SharedLimit limit(String name, List<Bandwidth> bandwidths, Duration answerWithin) {
            asked.add(name + " " + bandwidths + " within " + answerWithin.toMillis() + "ms");
            return (key, permits, maxWaitNanos) -> CompletableFuture.completedFuture(0L);
        }
    }
}
