package io.steadfast.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** resilience4j's starter in an application with a meter registry. */
@State(Scope.Benchmark)
public class MeteredResilience4j extends Resilience4j {

    @Override
    Class<?> application() {
        return MeteredApplication.class;
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class MeteredApplication {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}
