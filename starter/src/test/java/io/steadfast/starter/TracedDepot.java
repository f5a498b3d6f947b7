package io.steadfast.starter;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.timeout.Timeout;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The same, with methods that come to no good. */
class TracedDepot extends TracedShop {

    private final List<String> usersInContext = new CopyOnWriteArrayList<>();

    TracedDepot(Tracer tracer, ObservationRegistry registry) {
        super(tracer, registry);
    }

    /** Who was known by Reactor's context alone. */
    List<String> usersInContext() {
        return usersInContext;
    }

    /** The four ways of calling it. */
    enum End {
        PLAIN(
                TracedDepot::slow,
                TracedDepot::doomed,
                TracedDepot::thrifty,
                depot -> () -> {}), // its caller is busy waiting
        STAGE(
                depot -> depot.slowLater().join(),
                depot -> depot.doomedLater().join(),
                depot -> depot.thriftyLater().join(),
                depot -> cancelling(depot.hanging())),
        MONO(
                depot -> depot.slowMono().block(),
                depot -> depot.doomedMono().block(),
                depot -> depot.thriftyMono().block(),
                depot -> depot.hangingMono().subscribe()::dispose),
        FLUX(
                depot -> depot.slowFlux().blockLast(),
                depot -> depot.doomedFlux().blockLast(),
                depot -> depot.thriftyFlux().blockLast(),
                depot -> depot.hangingFlux().subscribe()::dispose);

        final Function<TracedDepot, String> slow;

        final Function<TracedDepot, String> doomed;

        final Function<TracedDepot, String> thrifty;

        /** Begins a call, and answers how its caller gives it up. */
        final Function<TracedDepot, Runnable> hanging;

        End(
                Function<TracedDepot, String> slow,
                Function<TracedDepot, String> doomed,
                Function<TracedDepot, String> thrifty,
                Function<TracedDepot, Runnable> hanging) {
            this.slow = slow;
            this.doomed = doomed;
            this.thrifty = thrifty;
            this.hanging = hanging;
        }
    }

    private static Runnable cancelling(CompletableFuture<String> hanging) {
        return () -> hanging.cancel(true);
    }

    @Timeout("slow")
    public String slow() {
        note("attempt");
        return untilInterrupted();
    }

    @Timeout("slow")
    public CompletableFuture<String> slowLater() {
        note("attempt");
        return new CompletableFuture<>();
    }

    @Timeout("slow")
    public Mono<String> slowMono() {
        note("attempt");
        return Mono.never();
    }

    @Timeout("slow")
    public Flux<String> slowFlux() {
        note("attempt");
        return Flux.never();
    }

    /** On a thread of its own, by its settings. */
    @Timeout("apart")
    public String apart() {
        note("on " + Thread.currentThread().getName());
        return "7";
    }

    @Fallback(value = "doomed", method = "worse")
    public String doomed() {
        throw new IllegalStateException("no answer");
    }

    @Fallback(value = "doomed", method = "worseLater")
    public CompletableFuture<String> doomedLater() {
        return CompletableFuture.failedFuture(new IOException("no answer"));
    }

    @Fallback(value = "doomed", method = "worseMono")
    public Mono<String> doomedMono() {
        return Mono.error(new IOException("no answer"));
    }

    @Fallback(value = "doomed", method = "worseFlux")
    public Flux<String> doomedFlux() {
        return Flux.error(new IOException("no answer"));
    }

    String worse() {
        throw new IllegalStateException("no substitute");
    }

    CompletableFuture<String> worseLater() {
        return CompletableFuture.failedFuture(new IOException("no substitute"));
    }

    Mono<String> worseMono() {
        return Mono.error(new IOException("no substitute"));
    }

    Flux<String> worseFlux() {
        return Flux.error(new IOException("no substitute"));
    }

    /** Has no budget for a retry. */
    @Retry("thrifty")
    public String thrifty() {
        throw new IllegalStateException("no answer");
    }

    @Retry("thrifty")
    public CompletableFuture<String> thriftyLater() {
        return CompletableFuture.failedFuture(new IOException("no answer"));
    }

    @Retry("thrifty")
    public Mono<String> thriftyMono() {
        return Mono.error(new IOException("no answer"));
    }

    @Retry("thrifty")
    public Flux<String> thriftyFlux() {
        return Flux.error(new IOException("no answer"));
    }

    @Retry("stock")
    public Mono<String> hangingMono() {
        return Mono.never();
    }

    @Retry("stock")
    public Flux<String> hangingFlux() {
        return Flux.never();
    }

    @Retry("stock")
    @Fallback(value = "stock", method = "ownersInstead")
    public Mono<String> owners() {
        return owner().then(Mono.error(new IOException("no answer")));
    }

    Mono<String> ownersInstead() {
        return owner();
    }

    private Mono<String> owner() {
        return ReactiveSecurityContextHolder.getContext()
                .map(known -> known.getAuthentication().getName())
                .defaultIfEmpty("nobody")
                .doOnNext(usersInContext::add);
    }

    private static String untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
        }
        return "too late";
    }
}
