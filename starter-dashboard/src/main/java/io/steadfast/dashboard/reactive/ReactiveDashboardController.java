package io.steadfast.dashboard.reactive;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.steadfast.dashboard.Answer;
import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.PageFile;
import io.steadfast.dashboard.PageFiles;
import io.steadfast.dashboard.SafetyHeaders;
import io.steadfast.dashboard.WriteRules;
import io.steadfast.spring.live.TooManySubscribersException;
import io.steadfast.spring.live.reactive.ReactiveStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Serves the page and its API. Mapped by {@link ReactiveDashboardMapping} alone. What may block does not run on an event loop. */
public final class ReactiveDashboardController {

    private final DashboardApi api;

    private final PageFiles files;

    private final DashboardPath path;

    private final ReactiveStream stream;

    /**
     * A controller.
     *
     * @param api what the page asks
     * @param files the page
     * @param path where it is
     * @param stream what happens
     */
    public ReactiveDashboardController(DashboardApi api, PageFiles files, DashboardPath path, ReactiveStream stream) {
        this.api = api;
        this.files = files;
        this.path = path;
        this.stream = stream;
    }

    /** With the slash at the end the page, without it a redirection there. */
    @GetMapping
    ResponseEntity<byte[]> page(ServerWebExchange exchange) {
        if (exchange.getRequest().getPath().value().endsWith("/")) {
            return file("", exchange);
        }
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, path.redirection())
                .header(HttpHeaders.CACHE_CONTROL, SafetyHeaders.API_CACHE)
                .build();
    }

    @GetMapping("/{name}")
    ResponseEntity<byte[]> file(@PathVariable("name") String name, ServerWebExchange exchange) {
        PageFile file = files.find(name).orElse(null);
        if (file == null) {
            return respond(Answer.problem(404, "Not Found", "The dashboard has no such file."));
        }
        boolean same = exchange.getRequest().getHeaders().getIfNoneMatch().contains(file.tag());
        ResponseEntity.BodyBuilder response = ResponseEntity.status(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(file.tag())
                .header(HttpHeaders.CACHE_CONTROL, SafetyHeaders.FILES_CACHE);
        return same
                ? response.build()
                : response.contentType(MediaType.parseMediaType(file.type())).body(file.content());
    }

    @GetMapping("/api/snapshot")
    Mono<ResponseEntity<byte[]>> snapshot() {
        return apart(api::snapshot);
    }

    @GetMapping("/api/service/snapshot")
    Mono<ResponseEntity<byte[]>> service() {
        return Mono.fromCallable(api::service)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(Mono::fromFuture)
                .map(this::respond);
    }

    @GetMapping("/api/stream")
    ResponseEntity<?> stream() {
        try {
            return ResponseEntity.ok()
                    .headers(this::addHeaders)
                    .header("X-Accel-Buffering", "no") // a proxy must pass each event on at once
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .body(stream.open());
        } catch (TooManySubscribersException full) {
            return respond(Answer.problem(503, "Service Unavailable", String.valueOf(full.getMessage())));
        }
    }

    @GetMapping(DashboardApi.CALLS)
    Mono<ResponseEntity<byte[]>> call(ServerWebExchange exchange) {
        return apart(() -> api.call(names(exchange)));
    }

    @PostMapping(DashboardApi.CALLS)
    Mono<ResponseEntity<byte[]>> change(ServerWebExchange exchange) {
        Answer refusal = WriteRules.refusal(exchange.getRequest().getHeaders()::getFirst, host(exchange))
                .orElse(null);
        if (refusal != null) {
            return Mono.just(respond(refusal));
        }
        Mono<Optional<String>> viewer = exchange.getPrincipal()
                .map(Principal::getName)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
        return Mono.zip(body(exchange), viewer)
                .flatMap(asked -> apart(() ->
                        api.change(names(exchange), asked.getT1(), asked.getT2().orElse(null))));
    }

    private static List<String> names(ServerWebExchange exchange) {
        return exchange.getRequest().getQueryParams().getOrDefault("name", List.of()).stream()
                .map(name -> name == null ? "" : name) // where nothing stands after it
                .toList();
    }

    /** A body that is too long is passed on as one, for the same answer as on servlets. */
    private static Mono<byte[]> body(ServerWebExchange exchange) {
        return DataBufferUtils.join(exchange.getRequest().getBody(), DashboardApi.LONGEST_BODY)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .onErrorResume(
                        DataBufferLimitException.class, tooLong -> Mono.just(new byte[DashboardApi.LONGEST_BODY + 1]))
                .defaultIfEmpty(new byte[0]);
    }

    private Mono<ResponseEntity<byte[]>> apart(Supplier<Answer> question) {
        return Mono.fromSupplier(question)
                .subscribeOn(Schedulers.boundedElastic())
                .map(this::respond);
    }

    private ResponseEntity<byte[]> respond(Answer answer) {
        return ResponseEntity.status(answer.status())
                .headers(this::addHeaders)
                .contentType(MediaType.parseMediaType(answer.type()))
                .body(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private void addHeaders(HttpHeaders headers) {
        api.headers().forEach(headers::set);
    }

    /** As a browser names it in {@code Origin}: without the scheme's own port. */
    static @Nullable String host(ServerWebExchange exchange) {
        java.net.URI uri = exchange.getRequest().getURI();
        int port = uri.getPort();
        boolean usual = port < 0 || port == ("https".equals(uri.getScheme()) ? 443 : 80);
        return usual ? uri.getHost() : uri.getHost() + ":" + port;
    }
}
