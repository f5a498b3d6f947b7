package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.hedge.Hedge;
import io.steadfast.retry.Retry;
import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Notes what its methods know of the call they are part of. Those that answer later do so on a thread that knows nothing. */
class TracedShop {

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** Attempts that fail, or are slow, before one does its work. */
    private final AtomicInteger failing = new AtomicInteger();

    private final CountDownLatch open = new CountDownLatch(1);

    private final Tracer tracer;

    private final ObservationRegistry registry;

    TracedShop(Tracer tracer, ObservationRegistry registry) {
        this.tracer = tracer;
        this.registry = registry;
    }

    List<Seen> seen() {
        return seen;
    }

    /** The next attempts fail, or are slow. */
    void fail(int attempts) {
        failing.set(attempts);
    }

    record Seen(String where, String span, String traceInLog, String userInLog, String user) {}

    /** The four ways of calling it. */
    enum Way {
        PLAIN(TracedShop::left, TracedShop::hedged, TracedShop::bare),
        STAGE(
                shop -> shop.leftLater().join(),
                shop -> shop.hedgedLater().join(),
                shop -> shop.bareLater().join()),
        MONO(
                shop -> shop.leftMono().block(),
                shop -> shop.hedgedMono().block(),
                shop -> shop.bareMono().block()),
        FLUX(
                shop -> shop.leftFlux().blockLast(),
                shop -> shop.hedgedFlux().blockLast(),
                shop -> shop.bareFlux().blockLast());

        final Function<TracedShop, String> left;

        final Function<TracedShop, String> hedged;

        final Function<TracedShop, String> bare;

        Way(Function<TracedShop, String> left, Function<TracedShop, String> hedged, Function<TracedShop, String> bare) {
            this.left = left;
            this.hedged = hedged;
            this.bare = bare;
        }
    }

    @Retry("stock")
    @Fallback(value = "stock", method = "instead")
    public String left() {
        return attempt();
    }

    @Retry("stock")
    @Fallback(value = "stock", method = "insteadLater")
    public CompletableFuture<String> leftLater() {
        return later();
    }

    @Retry("stock")
    @Fallback(value = "stock", method = "insteadMono")
    public Mono<String> leftMono() {
        return Mono.fromFuture(later());
    }

    @Retry("stock")
    @Fallback(value = "stock", method = "insteadFlux")
    public Flux<String> leftFlux() {
        return Flux.from(Mono.fromFuture(later()));
    }

    @Hedge(value = "stock", delay = "20ms")
    public String hedged() {
        note("attempt");
        if (failing.getAndDecrement() > 0) {
            try {
                assertThat(open.await(10, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException lost) {
                Thread.currentThread().interrupt();
            }
        }
        return "7";
    }

    @Hedge(value = "stock", delay = "20ms")
    public CompletableFuture<String> hedgedLater() {
        note("attempt");
        return failing.getAndDecrement() > 0 ? new CompletableFuture<>() : CompletableFuture.completedFuture("7");
    }

    @Hedge(value = "stock", delay = "20ms")
    public Mono<String> hedgedMono() {
        note("attempt");
        return failing.getAndDecrement() > 0 ? Mono.never() : Mono.just("7");
    }

    @Hedge(value = "stock", delay = "20ms")
    public Flux<String> hedgedFlux() {
        note("attempt");
        return failing.getAndDecrement() > 0 ? Flux.never() : Flux.just("7");
    }

    @CircuitBreaker("stock")
    public String bare() {
        return attempt();
    }

    @CircuitBreaker("stock")
    public CompletableFuture<String> bareLater() {
        return later();
    }

    @CircuitBreaker("stock")
    public Mono<String> bareMono() {
        return Mono.fromFuture(later());
    }

    @CircuitBreaker("stock")
    public Flux<String> bareFlux() {
        return Flux.from(Mono.fromFuture(later()));
    }

    @Retry("stock")
    public CompletableFuture<String> hanging() {
        return new CompletableFuture<>();
    }

    String instead() {
        note("fallback");
        return "0";
    }

    CompletableFuture<String> insteadLater() {
        return CompletableFuture.completedFuture(instead());
    }

    Mono<String> insteadMono() {
        return Mono.just(instead());
    }

    Flux<String> insteadFlux() {
        return Flux.just(instead());
    }

    private String attempt() {
        note("attempt");
        Observation.createNotStarted("http", registry).observe(() -> {});
        if (failing.getAndDecrement() > 0) {
            throw new IllegalStateException("no answer");
        }
        return "7";
    }

    private CompletableFuture<String> later() {
        note("attempt");
        Observation.createNotStarted("http", registry).observe(() -> {});
        CompletableFuture<String> answer = new CompletableFuture<>();
        boolean fails = failing.getAndDecrement() > 0;
        Thread stranger = new Thread(() -> {
            if (fails) {
                answer.completeExceptionally(new IOException("no answer"));
            } else {
                answer.complete("7");
            }
        });
        stranger.start();
        return answer;
    }

    void note(String where) {
        Span span = tracer.currentSpan();
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        seen.add(new Seen(
                where,
                span == null ? "none" : span.context().spanId(),
                String.valueOf(MDC.get("traceId")),
                String.valueOf(MDC.get("user")),
                user == null ? "nobody" : user.getName()));
    }
}
