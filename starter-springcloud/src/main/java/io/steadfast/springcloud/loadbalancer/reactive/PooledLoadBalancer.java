package io.steadfast.springcloud.loadbalancer.reactive;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Instance;
import io.steadfast.core.Lease;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import io.steadfast.core.time.Timer;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.springcloud.loadbalancer.HeldLease;
import io.steadfast.springcloud.loadbalancer.OpenLeases;
import io.steadfast.springcloud.loadbalancer.PooledInstance;
import io.steadfast.springcloud.loadbalancer.ServicePools;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/**
 * Picks the instances of one service from its pool. Where the call around the request holds a lease of that pool, the leased instance is
 * the answer. A service that has no pool is left to another load balancer. Thread-safe.
 *
 * <p>To pick is not to use: what is picked serves a request only when the client says that it has begun, because not all that ask for an
 * instance send something there.
 */
public final class PooledLoadBalancer implements ReactorServiceInstanceLoadBalancer {

    /**
     * The key in the Reactor {@code Context} under which a gateway leaves who is to be told of the request that an instance was picked for:
     * a {@code Consumer<Request<?>>}. A gateway that is cancelled can then say so.
     */
    public static final String PICKED = PooledLoadBalancer.class.getName() + ".picked";

    private final String service;

    private final ServicePools pools;

    private final OpenLeases open;

    private final Timer timer;

    private final ReactorServiceInstanceLoadBalancer other;

    /**
     * A load balancer.
     *
     * @param service the id of the service
     * @param pools the pools
     * @param open the requests under way
     * @param timer ends the wait for the first list
     * @param other picks if the service has no pool
     */
    public PooledLoadBalancer(
            String service,
            ServicePools pools,
            OpenLeases open,
            Timer timer,
            ReactorServiceInstanceLoadBalancer other) {
        this.service = service;
        this.pools = pools;
        this.open = open;
        this.timer = timer;
        this.other = other;
    }

    /** The subscription lives on in a client's until that has ended: if it is cancelled, so is the request. */
    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public Mono<Response<ServiceInstance>> choose(Request request) {
        return Mono.deferContextual(context -> choose((Request<?>) request, context))
                .doOnCancel(() -> open.abandon(request));
    }

    private Mono<Response<ServiceInstance>> choose(Request<?> request, ContextView context) {
        Lease held = HeldLease.find(context.getOrDefault(Call.CONTEXT_KEY, Call.current()), service);
        if (held != null) {
            return Mono.just(new DefaultResponse(new PooledInstance(held.instance(), true)));
        }
        FailoverPolicy pool = pools.of(service).orElse(null);
        if (pool == null) {
            return other.choose(request);
        }
        Consumer<Request<?>> gateway = context.getOrDefault(PICKED, null);
        if (gateway != null) {
            gateway.accept(request);
        }
        return pick(pool, request);
    }

    private Mono<Response<ServiceInstance>> pick(FailoverPolicy pool, Request<?> request) {
        Call call = Call.of(service);
        ServiceInstance previous = request.getContext() instanceof RetryableRequestContext retried
                ? retried.getPreviousServiceInstance()
                : null;
        if (previous instanceof PooledInstance pooled) {
            call.route().take(new Tried(pooled.instance())); // so that a retry of Spring Cloud's goes elsewhere
        }
        Permit permit;
        try {
            permit = pool.acquire(call);
        } catch (CallRejectedException none) {
            return Mono.just(new EmptyResponse());
        }
        if (permit instanceof Reservation reservation) {
            return Mono.<Permit>create(sink -> await(reservation, call, sink))
                    .map(claimed -> picked(claimed, call))
                    .onErrorResume(CallRejectedException.class, none -> Mono.just(new EmptyResponse()));
        }
        return Mono.just(picked(permit, call));
    }

    private static Response<ServiceInstance> picked(Permit permit, Call call) {
        Lease lease = call.lease();
        permit.abandoned(call);
        return lease == null ? new EmptyResponse() : new DefaultResponse(new PooledInstance(lease.instance(), false));
    }

    /** There is no list of instances yet. */
    private void await(Reservation reservation, Call call, MonoSink<Permit> sink) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable claim = () -> {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            try {
                Permit permit = reservation.claim(call);
                sink.success(permit);
            } catch (Throwable none) {
                sink.error(none);
            }
        };
        Timer.Scheduled late = timer.schedule(claim, reservation.waitNanos());
        sink.onDispose(() -> {
            late.cancel();
            if (over.compareAndSet(false, true)) {
                reservation.withdraw(call);
            }
        });
        if (reservation.mayComeEarly()) {
            reservation.whenReady(claim);
        }
    }

    /** Stands for an instance that an attempt before this one has been sent to. */
    private record Tried(Instance instance) implements Lease {

        @Override
        public void leaving(Duration atMost) {
            // it has been said where the attempt was made
        }
    }
}
