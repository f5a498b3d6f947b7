package io.steadfast.bulkhead;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Durations;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;
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
public final class BulkheadPolicy implements Gate, Steerable {

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
        this(id, config, new Permits(config.firstLimit(), config.queueOrder()), runtime);
        takeOver();
    }

    private BulkheadPolicy(PolicyId id, BulkheadConfig config, Permits permits, PolicyRuntime runtime) {
        this(
                id,
                config,
                permits,
                config.adaptive() == null
                        ? null
                        : new AdaptiveLimit(config.adaptive(), config.firstLimit(), permits, runtime.ticker()));
    }

    private BulkheadPolicy(PolicyId id, BulkheadConfig config, Permits permits, @Nullable AdaptiveLimit adaptive) {
        this.id = Objects.requireNonNull(id, "id");
        this.config = config;
        this.maxWaitNanos = Durations.nanos(config.maxWaitDuration());
        this.permits = permits;
        this.adaptive = adaptive;
        this.permit = adaptive == null ? new FixedPermit(permits) : new AdaptivePermit(permits, adaptive);
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

    /**
     * The bulkhead that takes this one's place when settings have changed. The two count the same calls: those that are in flight
     * or wait now do so under the next one's limit. Nothing changes before {@link #takeOver}.
     *
     * @param next the settings from then on
     * @param runtime the clock, for an adaptive limit
     * @return the bulkhead, of the same kind and instance
     */
    public BulkheadPolicy successor(BulkheadConfig next, PolicyRuntime runtime) {
        boolean sameAdaptive =
                Objects.equals(next.adaptive(), config.adaptive()) && next.firstLimit() == config.firstLimit();
        return sameAdaptive
                ? new BulkheadPolicy(id, next, permits, adaptive)
                : new BulkheadPolicy(id, next, permits, runtime);
    }

    /**
     * Puts this bulkhead's limit and queue in force. To be run once, as a {@link #successor} takes its place. Calls in flight
     * beyond a lower limit end as they would; a higher one lets waiting calls in. An adaptive limit that follows another goes on
     * from where that one has come to, within its own bounds.
     */
    public void takeOver() {
        AdaptiveLimit before = permits.mover();
        if (adaptive != null && before != null && adaptive != before) {
            adaptive.goOnFrom(before);
        }
        int limit = adaptive == null ? config.firstLimit() : adaptive.inForce();
        permits.goBy(limit, config.queueOrder(), adaptive);
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

    /** With an adaptive limit, a reset has it begin anew from the configured one. Calls in flight keep their permits. */
    @Override
    public Set<Steering> steerings() {
        return adaptive == null ? Set.of() : Set.of(Steering.RESET);
    }

    @Override
    public void steer(Steering steering) {
        if (adaptive == null || steering != Steering.RESET) {
            throw new IllegalArgumentException(id + " knows no " + steering);
        }
        adaptive.reset();
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
