package io.steadfast.resilience4j.comparison;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Who runs a sample: resilience4j's starter, or ours. The other's auto-configurations are left out. */
enum Side {
    RESILIENCE4J("io.steadfast."),
    STEADFAST("io.github.resilience4j.");

    private static final Set<String> REFUSALS = Set.of(
            "CallNotPermittedException",
            "RequestNotPermitted",
            "BulkheadFullException",
            "CircuitOpenException",
            "RateLimitedException");

    private static final Set<String> TIMEOUTS = Set.of("TimeoutException", "CallTimeoutException");

    private final String leftOut;

    Side(String leftOut) {
        this.leftOut = leftOut;
    }

    ConfigurableApplicationContext run(Class<?> sample, String file) {
        String[] excluded = StreamSupport.stream(
                        ImportCandidates.load(
                                        AutoConfiguration.class, getClass().getClassLoader())
                                .spliterator(),
                        false)
                .filter(name -> name.startsWith(leftOut))
                .toArray(String[]::new);
        if (excluded.length == 0) {
            throw new AssertionError("Nothing of " + leftOut + " is on the class path");
        }
        return new SpringApplicationBuilder(Everything.class, sample)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.config.location=classpath:comparison/" + file,
                        "--spring.autoconfigure.exclude=" + String.join(",", excluded));
    }

    /** What a call came to, in words that both sides have. */
    static String outcome(Callable<?> call) {
        try {
            Object answer = call.call();
            return answer instanceof CompletableFuture<?> future
                    ? String.valueOf(future.get(10, TimeUnit.SECONDS))
                    : String.valueOf(answer);
        } catch (Exception failure) {
            Throwable real = failure;
            while ((real instanceof ExecutionException || real instanceof CompletionException)
                    && real.getCause() != null) {
                real = real.getCause();
            }
            String name = real.getClass().getSimpleName();
            return REFUSALS.contains(name) ? "refused" : TIMEOUTS.contains(name) ? "timed out" : name;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Everything {}
}
