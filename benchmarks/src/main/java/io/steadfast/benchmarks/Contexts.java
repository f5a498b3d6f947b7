package io.steadfast.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts each side as an application of its own, with everything Boot configures by itself, but without the other side's
 * starter, although both are on the class path.
 */
final class Contexts {

    static final String STEADFAST = "io.steadfast.";

    static final String RESILIENCE4J = "io.github.resilience4j.";

    private Contexts() {}

    static ConfigurableApplicationContext start(
            Class<?> configuration, Map<String, Object> settings, List<String> unwantedPackages) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(settings)
                .properties(Map.of(
                        "logging.level.root",
                        "warn",
                        "spring.autoconfigure.exclude",
                        autoConfigurations(unwantedPackages)))
                .run();
    }

    private static String autoConfigurations(List<String> packages) {
        return StreamSupport.stream(
                        ImportCandidates.load(AutoConfiguration.class, null).spliterator(), false)
                .filter(name -> packages.stream().anyMatch(name::startsWith))
                .collect(Collectors.joining(","));
    }
}
