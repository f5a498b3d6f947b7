package io.steadfast.springcloud.loadbalancer;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.steadfast.core.PolicySlot;
import io.steadfast.core.time.Ticker;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.spring.CallRequest;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.NamedCall;
import io.steadfast.spring.NamedCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The pools behind the ids of services that a load balancer is asked for: those of the same name that annotated methods use. Thread-safe.
 */
public final class ServicePools {

    private static final Log LOGGER = LogFactory.getLog(ServicePools.class);

    /** A registry that does not know a service may do so later. */
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final NamedCalls calls;

    private final boolean all;

    private final Set<String> configured;

    private final Ticker ticker;

    private final Map<String, Asked> known = new ConcurrentHashMap<>();

    /**
     * Knows no pool yet.
     *
     * @param calls finds policies by name
     * @param all whether every service has a pool, or only those that are configured
     * @param configured the names under {@code resilience.failover.instances}
     * @param ticker tells when to ask again for a pool that could not be made
     */
    public ServicePools(NamedCalls calls, boolean all, Set<String> configured, Ticker ticker) {
        this.calls = calls;
        this.ticker = ticker;
        calls.expectMore(); // services are asked for when requests are made
        this.all = all;
        this.configured = configured.stream().map(ServicePools::uniform).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The pool of a service, which is made if there is none yet.
     *
     * @param service the id of the service
     * @return the policy that has the pool, as it is now; empty if the service is to have none, or fail-over is switched off
     */
    public Optional<FailoverPolicy> of(String service) {
        Asked asked = known.get(service);
        if (asked == null || asked.isWorthAskingAgain(ticker)) {
            asked = ask(service, asked == null);
            known.put(service, asked);
        }
        return asked.policy();
    }

    /**
     * The pool of a service that a load balancer has been asked for before.
     *
     * @param service the id of the service
     * @return the policy that has the pool; empty if there is none
     */
    public Optional<FailoverPolicy> known(String service) {
        Asked asked = known.get(service);
        return asked == null ? Optional.empty() : asked.policy();
    }

    private Asked ask(String service, boolean first) {
        if (!all && !configured.contains(uniform(service))) {
            return new Asked(null, Long.MAX_VALUE);
        }
        try {
            String asker = "Spring Cloud load balancer for '" + service + "'";
            return new Asked(calls.guard(CallRequest.with(service, asker, FailoverPolicy.KIND)), Long.MAX_VALUE);
        } catch (InvalidResilienceException refused) {
            if (first) {
                LOGGER.warn("The service '" + service + "' has no pool yet, so Spring Cloud's own load balancer picks: "
                        + refused.getMessage());
            }
            return new Asked(null, ticker.nanos());
        }
    }

    /** As Boot compares the names in properties. */
    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    /**
     * What became of the question for a pool.
     *
     * @param call has it; {@code null} if there is none
     * @param refusedNanos when it could not be made; {@link Long#MAX_VALUE} if the answer stays
     */
    private record Asked(@Nullable NamedCall call, long refusedNanos) {

        boolean isWorthAskingAgain(Ticker ticker) {
            return call == null && refusedNanos != Long.MAX_VALUE && ticker.nanos() - refusedNanos >= PAUSE;
        }

        Optional<FailoverPolicy> policy() {
            if (call != null) {
                for (PolicySlot<?> slot : call.pipeline().slots()) {
                    if (slot.policy() instanceof FailoverPolicy policy) {
                        return Optional.of(policy);
                    }
                }
            }
            return Optional.empty();
        }
    }
}
