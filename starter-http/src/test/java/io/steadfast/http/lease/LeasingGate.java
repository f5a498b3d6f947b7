package io.steadfast.http.lease;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Instance;
import io.steadfast.core.Lease;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import org.jspecify.annotations.Nullable;

/** Gives each attempt the next of its instances. */
final class LeasingGate implements Gate {

    private final String pool;

    private final List<URI> instances;

    private final List<String> leaving = new ArrayList<>();

    LeasingGate(String pool, String... instances) {
        this.pool = pool;
        this.instances = List.of(instances).stream().map(URI::create).toList();
    }

    /** Which instances are going away, and for how long at most. */
    List<String> leaving() {
        return leaving;
    }

    @Override
    public PolicyId id() {
        return new PolicyId("failover", pool);
    }

    @Override
    public Permit acquire(Call call) {
        URI next = instances.get(call.route().stops() % instances.size());
        Given given = new Given(Instance.of(pool, next), leaving);
        call.route().take(given);
        return given;
    }

    private record Given(Instance instance, List<String> leavers) implements Lease, Permit {

        @Override
        public void leaving(Duration atMost) {
            leavers.add(instance.uri() + " for " + atMost);
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
            call.route().leave(this);
        }

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            call.route().leave(this);
        }

        @Override
        public void abandoned(Call call) {
            call.route().leave(this);
        }
    }
}
