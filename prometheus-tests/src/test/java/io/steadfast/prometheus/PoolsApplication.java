package io.steadfast.prometheus;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.Instance;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.ratelimiter.SharedLimits;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An application with the {@link Inventory}. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Inventory.class)
class PoolsApplication {

    /** A registry, because a list in the settings has no age. */
    @Bean
    InstanceDirectory registry(@Value("${pools.alive}") int alive) {
        return service -> Optional.of(() -> List.of(at(service, alive), at(service, 1), at(service, 2)));
    }

    private static Instance at(String service, int port) {
        return Instance.of(service, URI.create("http://127.0.0.1:" + port));
    }

    @Bean
    SharedLimits storeThatIsDown() {
        return (name, bandwidths, answerWithin) ->
                (key, permits, maxWait) -> CompletableFuture.failedFuture(new IOException("store is down"));
    }
}
