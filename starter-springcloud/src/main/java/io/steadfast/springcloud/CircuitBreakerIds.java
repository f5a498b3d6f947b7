package io.steadfast.springcloud;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import io.steadfast.spring.CallRequest;
import io.steadfast.spring.NamedCall;
import io.steadfast.spring.NamedCalls;
import io.steadfast.spring.PolicyProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The guards behind circuit breakers that code asks for by an id, and what code says about them. The blocking and the reactive factory
 * share one, for an id has one circuit breaker, however it is called.
 *
 * <p>An id is the name of a call: it has a circuit breaker and every policy that is configured under the name, and shares them with
 * annotated methods of that name. Where the id's own properties say nothing about a key, settings come from the first of these that does:
 * code {@linkplain #configure for the id}, the properties of its group, code for its group, {@linkplain #configureDefault code for all
 * ids}; then the id's base, the defaults and the built-in values, as everywhere.
 *
 * <p>Ids must be few. Those beyond the limit that nobody has configured share one guard, called {@value #OVERFLOW}: the application goes
 * on, memory and meters stay bounded, and the log says so once. Thread-safe.
 */
public final class CircuitBreakerIds {

    /** What the ids beyond the limit share. */
    public static final String OVERFLOW = "spring-cloud-overflow";

    private static final Log LOGGER = LogFactory.getLog(CircuitBreakerIds.class);

    private static final String BREAKER = "circuit-breaker";

    private final NamedCalls calls;

    private final PolicyKeys keys;

    private final PropertiesOfName properties;

    private final int limit;

    private final Map<String, NamedCall> known = new ConcurrentHashMap<>();

    private final AtomicBoolean overflowing = new AtomicBoolean();

    private final Map<String, CallSettings> configured = new ConcurrentHashMap<>();

    private volatile Function<String, CallSettings> byDefault = id -> CallSettings.NONE;

    /**
     * Knows no id yet.
     *
     * @param calls guards calls by name
     * @param providers the kinds of policy there are
     * @param environment the properties
     * @param limit how many ids that nobody configured get a guard of their own, at least 1
     */
    public CircuitBreakerIds(
            NamedCalls calls,
            Collection<? extends PolicyProvider<?, ?>> providers,
            Environment environment,
            int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("At least 1 id needs a circuit breaker, but the limit is " + limit);
        }
        this.calls = calls;
        calls.expectMore(); // ids are asked for when calls are made
        this.keys = new PolicyKeys(providers);
        this.properties = new PropertiesOfName(environment, keys);
        this.limit = limit;
    }

    /**
     * The guard of an id. The same id gets the same guard.
     *
     * @param id the id
     * @param group the group of calls it belongs to, {@code null} if to none; what the first who asks says counts
     * @return the guard
     * @throws io.steadfast.spring.InvalidResilienceException if settings are refused
     */
    public NamedCall guard(String id, @Nullable String group) {
        NamedCall found = known.get(id);
        if (found != null) {
            return found;
        }
        return isAdmitted(id)
                ? known.computeIfAbsent(id, any -> calls.guard(request(id, group)))
                : calls.guard(overflow());
    }

    /**
     * Says something about ids, or about all ids of groups that have such a name. Replaces what code said about them before.
     *
     * @param consumer fills the builder
     * @param ids ids and groups
     * @throws io.steadfast.spring.InvalidResilienceException if it names a policy or a key that does not exist
     * @throws IllegalStateException if one of the ids is in use already: it would go on as it is
     */
    public void configure(Consumer<CallSettings.Builder> consumer, String... ids) {
        for (String id : ids) {
            CallSettings.Builder builder = CallSettings.builder();
            consumer.accept(builder);
            CallSettings settings = keys.checked(builder.build(), "configure(..., \"" + id + "\")");
            if (known.containsKey(id)) {
                throw new IllegalStateException(
                        "The circuit breaker '" + id
                                + "' is in use already, so it cannot be configured any more: configure it in a Customizer bean");
            }
            configured.put(id, settings);
        }
    }

    /**
     * Says something about every id that is not in use yet.
     *
     * @param settings what holds for an id, unless something nearer says otherwise
     */
    public void configureDefault(Function<String, CallSettings> settings) {
        byDefault = settings;
    }

    private CallRequest request(String id, @Nullable String group) {
        CallSettings settings = configured.getOrDefault(id, CallSettings.NONE);
        if (group != null && !group.equals(id)) {
            settings = settings.orElse(properties.of(group)).orElse(configured.getOrDefault(group, CallSettings.NONE));
        }
        CallSettings general = keys.checked(byDefault.apply(id), "configureDefault for '" + id + "'");
        String asker = "Spring Cloud circuit breaker '" + id + "'" + (group == null ? "" : " of group '" + group + "'");
        return request(id, asker, settings.orElse(general));
    }

    private static CallRequest request(String name, String asker, CallSettings settings) {
        Set<String> policies = new LinkedHashSet<>(settings.byPolicy().keySet());
        policies.add(BREAKER);
        return CallRequest.with(name, asker, policies.toArray(String[]::new)).stating(settings.byPolicy());
    }

    private CallRequest overflow() {
        if (overflowing.compareAndSet(false, true)) {
            LOGGER.warn("More than " + limit + " ids of circuit breakers are in use, so further ones share '" + OVERFLOW
                    + "', where one failing target closes the way to the others. Make ids of names and not of data, configure"
                    + " the ones that matter, or raise resilience.spring-cloud.max-ids. Some of them: "
                    + known.keySet().stream().limit(3).toList());
        }
        return request(OVERFLOW, "Spring Cloud circuit breakers beyond the first " + limit, CallSettings.NONE);
    }

    /** Who is configured is always let in: there are no more of them than somebody wrote down. */
    private boolean isAdmitted(String id) {
        return known.size() < limit || configured.containsKey(id) || properties.mention(id);
    }
}
