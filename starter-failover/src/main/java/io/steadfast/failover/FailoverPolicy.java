package io.steadfast.failover;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.NoInstanceException;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Route;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;
import io.steadfast.failover.pick.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * Leases an instance of a {@link Pool} to each attempt of a call. A retry outside it lands on another instance: those that the call has
 * tried are avoided while others are left.
 *
 * <pre>{@code
 * InstanceSource source = InstanceSource.of(List.of(
 *         Instance.of("stock", URI.create("http://10.0.0.1:8080")),
 *         Instance.of("stock", URI.create("http://10.0.0.2:8080"))));
 * FailoverPolicy failover = FailoverPolicy.of("stock", FailoverConfig.defaults(), source);
 * Pipeline stock = Pipeline.of("stock", RetryPolicy.of("stock", RetryConfig.defaults()), failover);
 * }</pre>
 *
 * <p>The outcome of the attempt is booked to the instance: answers, and failures that are the caller's own, as success; other failures,
 * timeouts and requests to slow down as failures. Refusals by policies further inside, cancelled attempts and ignored failures are not
 * counted.
 *
 * <p>Traits of the call: {@link FailoverKey}, what it is about; {@link PassedInstance}, where its caller wants it to go.
 *
 * <p>Thread-safe. A call takes no lock, and makes a lease, and a route if it has none yet. Once a pool is in use its {@link #close}
 * ends the asking for instances and their checks.
 */
public final class FailoverPolicy implements Gate, AutoCloseable, Steerable {

    /** The kind of policy, as in the properties. */
    public static final String KIND = "failover";

    private static final Predicate<Candidate> NOBODY = candidate -> false;

    private final PolicyId id;

    private final FailoverConfig config;

    private final PolicyRuntime runtime;

    private final InstanceSource source;

    private final Members members;

    private final Supply supply;

    private final Pool pool;

    /**
     * A policy with a pool of its own, which begins to ask for instances at once.
     *
     * @param id kind and instance name; the pool goes by the latter
     * @param config the settings
     * @param runtime clock, timer and listener
     * @param source says which instances there are
     */
    public FailoverPolicy(PolicyId id, FailoverConfig config, PolicyRuntime runtime, InstanceSource source) {
        this(id, config, runtime, source, poolOf(id, config, runtime));
        takeOver();
    }

    private FailoverPolicy(
            PolicyId id, FailoverConfig config, PolicyRuntime runtime, InstanceSource source, Pool pool) {
        this.id = id;
        this.config = config;
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.source = Objects.requireNonNull(source, "source");
        this.pool = pool;
        this.members = pool.members();
        this.supply = pool.supply();
    }

    private static Pool poolOf(PolicyId id, FailoverConfig config, PolicyRuntime runtime) {
        Members members = new Members(Objects.requireNonNull(id, "id"), Terms.after(null, config, runtime));
        return new Pool(members, new Supply(members));
    }

    /**
     * A policy for use without Spring, with the JVM's clock.
     *
     * @param name the instance's name, and the pool's
     * @param config the settings
     * @param source says which instances there are
     * @return the policy; to be closed when it is not used any more
     */
    public static FailoverPolicy of(String name, FailoverConfig config, InstanceSource source) {
        return new FailoverPolicy(new PolicyId(KIND, name), config, PolicyRuntime.system(), source);
    }

    /**
     * The policy that takes this one's place when settings have changed. It has the same pool: what is known of instances stays, and so
     * do leases. Nothing changes before {@link #takeOver}.
     *
     * @param next the settings from then on
     * @param nextRuntime timer and listener from then on; the pool keeps its clock
     * @param nextSource says which instances there are from then on; the one asked so far is kept if it equals this one
     * @return the policy, of the same kind and instance
     */
    public FailoverPolicy successor(FailoverConfig next, PolicyRuntime nextRuntime, InstanceSource nextSource) {
        return new FailoverPolicy(id, next, nextRuntime, nextSource, pool);
    }

    /**
     * Puts this policy's settings and source in force. To be run once, as a {@link #successor} takes its place. The instances known so
     * far stay until another source has named others.
     */
    public void takeOver() {
        supply.ownedBy(this);
        members.goBy(Terms.after(members.terms(), config, runtime));
        supply.goBy(source);
    }

    /**
     * The instances.
     *
     * @return the pool, shared with a successor
     */
    public Pool pool() {
        return pool;
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
    public FailoverConfig config() {
        return config;
    }

    /**
     * Leases an instance, which is then on the call's {@link Call#route() route}.
     *
     * @return the lease; a {@link io.steadfast.core.Reservation} while the first list is awaited
     * @throws NoInstanceException if the pool has none, or the gates of all of them refuse
     */
    @Override
    public Permit acquire(Call call) {
        supply.call();
        return acquire(call, call.attemptNanos(members.ticker()), true);
    }

    Permit leaseAfterWait(Call call) {
        return acquire(call, members.ticker().nanos(), false);
    }

    private Permit acquire(Call call, long nowNanos, boolean mayWait) {
        URI passed = passed(call);
        Roster roster = members.roster();
        if (passed != null) {
            Member member = roster.at(passed);
            return member == null
                    ? WithoutLease.PERMIT
                    : new MemberLease(members, member, call.route(), nowNanos, null);
        }
        if (roster.candidates().isEmpty()) {
            if (mayWait && supply.firstListWait() > 0) {
                return new FirstListWait(this, supply);
            }
            throw new NoInstanceException(call.name(), null);
        }
        Route route = call.route();
        Object key = key(call);
        Member first = null;
        if (route.stops() == 0) {
            first = roster.pick(NOBODY, key, nowNanos);
            if (first != null && first.gate() == null && (first.isAvailable() || roster.panic())) {
                return new MemberLease(members, first, route, nowNanos, null);
            }
        }
        return new Search(members, roster, call, route, key, nowNanos).find(first);
    }

    /** A reset restores every instance that is set aside. */
    @Override
    public Set<Steering> steerings() {
        return Set.of(Steering.RESET);
    }

    @Override
    public void steer(Steering steering) {
        if (steering != Steering.RESET) {
            throw new IllegalArgumentException(id + " knows no " + steering);
        }
        pool.instances().forEach(state -> pool.restore(state.instance().id()));
    }

    private @Nullable Object key(Call call) {
        FailoverKey trait = call.trait(FailoverKey.class);
        try {
            return trait == null ? null : trait.keyOf(call);
        } catch (RuntimeException broken) {
            complain(call, "the key of the call cannot be told, so it goes anywhere", broken);
            return null;
        }
    }

    private @Nullable URI passed(Call call) {
        PassedInstance trait = call.trait(PassedInstance.class);
        try {
            return trait == null ? null : trait.passed(call);
        } catch (RuntimeException broken) {
            complain(call, "the instance that was passed cannot be told, so the call goes anywhere", broken);
            return null;
        }
    }

    private void complain(Call call, String what, RuntimeException broken) {
        if (runtime.listener().hears(PolicyEvent.Kind.POLICY_FAILED)) {
            runtime.listener()
                    .policyEvent(PolicyEvent.of(PolicyEvent.Kind.POLICY_FAILED, id, call.name(), what, broken));
        }
    }

    /** Always: instances are told apart by how long they take. */
    @Override
    public boolean timed() {
        return true;
    }

    /**
     * The pool: {@code picker}, {@code in-flight} of all instances together, {@code panic}, {@code list-age-ms} and {@code trouble} where
     * there are any, and {@code instances}, a list of maps, each with {@code id}, {@code uri}, {@code zone}, {@code weight},
     * {@code status}, {@code reason}, {@code in-flight}, {@code expected-ms}, {@code share}, {@code remaining-ms} while it is set aside,
     * {@code times-ejected}, {@code succeeded} and {@code failed}.
     */
    @Override
    public Map<String, Object> snapshot() {
        return PoolTable.of(pool, config);
    }

    /** Stops asking the source and checking instances, unless a successor has taken over. Calls go on with the instances known. */
    @Override
    public void close() {
        if (supply.isOwnedBy(this)) {
            supply.close();
            members.close();
        }
    }
}
