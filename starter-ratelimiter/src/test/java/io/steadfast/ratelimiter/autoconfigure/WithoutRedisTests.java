package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.RateLimitedException;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The starter in a JVM's class path that has nothing to do with Redis: whoever touched such a class would fail to link. */
class WithoutRedisTests {

    private static final List<String> ABOUT_REDIS = List.of("bucket4j", "lettuce", "redis", "spring-data", "netty");

    private static URLClassLoader without;

    @Test
    void whenNothingOfRedisIsThere_thenALimitOfThisProcessWorks() throws Exception {
        assertThat(run("--resilience.rate-limiter.instances.carrier.limit-for-period=3"))
                .isEqualTo(3);
    }

    @Test
    void whenNothingOfRedisIsThere_thenASharedLimitIsRefusedSayingWhatToAdd() {
        assertThatThrownBy(() -> run("--resilience.rate-limiter.instances.carrier.scope=shared"))
                .hasMessageContaining("add com.bucket4j:bucket4j_jdk17-lettuce and spring-boot-starter-data-redis");
    }

    @BeforeAll
    static void leaveOut() throws Exception {
        without = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        assertThat(without.getResource("io/lettuce/core/RedisClient.class")).isNull();
        assertThat(without.getResource("io/github/bucket4j/Bucket.class")).isNull();
    }

    @AfterAll
    static void close() throws Exception {
        without.close();
    }

    private static Object run(String argument) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(without);
        try {
            return without.loadClass(Shop.class.getName())
                    .getMethod("admitted", String.class)
                    .invoke(null, argument);
        } catch (InvocationTargetException thrown) {
            throw (Exception) thrown.getCause();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(element).getFileName().toString();
            if (ABOUT_REDIS.stream().noneMatch(name::contains)) {
                urls.add(new File(element).toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Runs in the other class path. */
    @SpringBootConfiguration
    @ImportAutoConfiguration({
        ResilienceAutoConfiguration.class,
        RateLimiterAutoConfiguration.class,
        RedisRateLimiterAutoConfiguration.class
    })
    public static class Shop {

        /** How many of ten calls are let in. */
        public static int admitted(String argument) {
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class)
                    .web(WebApplicationType.NONE)
                    .registerShutdownHook(false)
                    .run(
                            argument,
                            "--spring.main.banner-mode=off",
                            "--resilience.rate-limiter.defaults.limit-refresh-period=1d")) {
                int admitted = 0;
                for (int i = 0; i < 10; i++) {
                    try {
                        context.getBean(Carrier.class).ship();
                        admitted++;
                    } catch (RateLimitedException refusal) {
                        // counted by not being counted
                    }
                }
                return admitted;
            }
        }

        @Bean
        Carrier carrier() {
            return new Carrier();
        }
    }

    public static class Carrier {

        @RateLimiter("carrier")
        public void ship() {}
    }
}
