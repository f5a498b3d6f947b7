package io.steadfast.browser;

import java.net.URI;

import io.steadfast.failover.Failover;
import io.steadfast.retry.Retry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that calls a service with two instances, one of which is broken. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Depot {

    static final String GOOD = "http://10.0.0.1:8080";

    static final String BAD = "http://10.0.0.2:8080";

    static final String INSTANCES = "--resilience.failover.instances.depots.urls=" + GOOD + "," + BAD;

    @Bean
    Trucks trucks() {
        return new Trucks();
    }

    static class Trucks {

        @Retry("depots")
        @Failover("depots")
        public int load(@Nullable URI depot) {
            if (BAD.equals(String.valueOf(depot))) {
                throw new IllegalStateException("nobody at " + depot);
            }
            return 1;
        }
    }
}
