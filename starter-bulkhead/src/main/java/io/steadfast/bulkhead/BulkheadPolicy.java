package io.steadfast.bulkhead;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Durations;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Lets no more than so many calls to a target run at a time.
 *
 * <pre>{@code
 * BulkheadPolicy bulkhead = BulkheadPolicy.of("stock", BulkheadConfig.builder().maxConcurrentCalls(10).build());
 * Pipeline stock = Pipeline.of("stock", bulkhead);
 * int left = stock.call(() -> client.left(id));
 * }</pre>
 *
 * <p>A call that finds it full is refused, or waits in a bounded queue as long as the settings and its deadline allow. Classes
 * of {@link Priority}, a trait of the call, share the limit: the lower are refused first. Where the limit is adaptive, calls
 * that are answered are its samples; timeouts and refusals by the target are drops; cancelled calls and other failures are no
 * samples, as how long an error takes does not tell how long an answer would.
 *
 * <p>Thread-safe. A call that finds room costs one compare-and-set and one addition, no lock, no allocation, and with a fixed
 * limit no reading of a clock.
 */
public final class BulkheadPolicy implements Gate {

    /** The kind of policy, as in the properties. */
    public static final String KIND = "bulkhead";

    private final PolicyId id;

    private final BulkheadConfig config;

    private final long maxWaitNanos;

    private final Permits permits;

    private final @Nullable AdaptiveLimit adaptive;

    /** One for all calls: it knows nothing of any. */
    private final Permit permit;

    /**
     * An empty bulkhead.
     *
     * @param id kind and instance name
     * @param config the settings
     * @param runtime the clock, for an adaptive limit
     */
    public BulkheadPolicy(PolicyId id, BulkheadConfig config, PolicyRuntime runtime) {
        this.id = Objects.requireNonNull(id, "id");
        this.config = Objects.requireNonNull(config, "config");
        this.maxWaitNanos = Durations.nanos(config.maxWaitDuration());
        this.permits = new Permits(config.firstLimit(), config.queueOrder());
        if (config.adaptive() == null) {
            this.adaptive = null;
            this.permit = new FixedPermit(permits);
        } else {
            this.adaptive = new AdaptiveLimit(config.adaptive(), config.firstLimit(), permits, runtime.ticker());
            this.permit = new AdaptivePermit(permits, adaptive);
        }
    }

    /**
     * A bulkhead for use without Spring, with the JVM's clock.
     *
     * @param name the instance's name
     * @param config the settings
     * @return the bulkhead, empty
     */
    public static BulkheadPolicy of(String name, BulkheadConfig config) {
        return new BulkheadPolicy(new PolicyId(KIND, name), config, PolicyRuntime.system());
    }

    @Override
    public PolicyId id() {
        return id;
    }

    /**
     * What this policy goes by.
     *
     * @return the configuration
     */
    public BulkheadConfig config() {
        return config;
    }

    /**
     * Asks to enter.
     *
     * @return a permit, or a {@link io.steadfast.core.Reservation} for one that may come early
     * @throws BulkheadFullException if there is neither room nor a place in the queue. With an adaptive limit its
     *     {@code retryAfter} is how long calls take at present; with a fixed one nobody knows
     */
    @Override
    public Permit acquire(Call call) {
        Priority trait = call.trait(Priority.class);
        Priority priority = trait == null ? Priority.NORMAL : trait;
        if (permits.tryEnter(priority) || (permits.meet(priority) && permits.tryEnter(priority))) {
            return permit;
        }
        if (adaptive != null) {
            adaptive.foundFull();
        }
        if (maxWaitNanos == 0) {
            throw refusal(call);
        }
        Place place = new Place(this, permits, priority);
        return switch (permits.join(place, queueCapacity())) {
            case ENTERED -> permit;
            case WAITING -> place;
            case REFUSED -> throw refusal(call);
        };
    }

    /** Only with an adaptive limit. */
    @Override
    public boolean timed() {
        return adaptive != null;
    }

    /**
     * The counts: {@code in-flight}, {@code limit}, {@code queued}; {@code limit-normal} and {@code limit-sheddable}, the part
     * of the limit that calls of these classes may fill, once calls of a higher class have been seen.
     *
     * <p>With an adaptive limit also {@code algorithm}, {@code mean-latency-ms}, {@code most-in-flight} and {@code drops} of
     * the last window, {@code baseline-latency-ms} that latency is compared with, and whether the limit is lowered to measure
     * it anew ({@code probing}).
     */
    @Override
    public Map<String, Object> snapshot() {
        long counts = permits.look();
        Ceilings ceilings = permits.ceilings();
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("in-flight", Permits.inFlight(counts));
        snapshot.put("limit", ceilings.limit());
        snapshot.put("queued", Permits.waiting(counts));
        for (Priority lower : new Priority[] {Priority.NORMAL, Priority.SHEDDABLE}) {
            if (ceilings.knows(lower) && ceilings.of(lower) < ceilings.limit()) {
                snapshot.put("limit-" + lower.name().toLowerCase(Locale.ROOT), ceilings.of(lower));
            }
        }
        if (adaptive != null && config.adaptive() != null) {
            snapshot.put("algorithm", config.adaptive().algorithm().name().toLowerCase(Locale.ROOT));
            adaptive.describe(snapshot);
        }
        return snapshot;
    }

    long maxWaitNanos() {
        return maxWaitNanos;
    }

    Permit permit() {
        return permit;
    }

    BulkheadFullException refusal(Call call) {
        return new BulkheadFullException(call.name(), adaptive == null ? null : adaptive.usualDuration());
    }

    /** One place for each permit, unless the settings say otherwise: then nobody waits for more than about two turns. */
    private int queueCapacity() {
        Integer capacity = config.queueCapacity();
        return capacity == null ? permits.ceilings().limit() : capacity;
    }
}
