package io.steadfast.dashboard.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.dashboard.Answer;
import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.PageFile;
import io.steadfast.dashboard.PageFiles;
import io.steadfast.dashboard.SafetyHeaders;
import io.steadfast.dashboard.WriteRules;
import io.steadfast.spring.live.TooManySubscribersException;
import io.steadfast.spring.live.servlet.ServletStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Serves the page and its API. Mapped by {@link DashboardHandlerMapping} alone, so that no advice for controllers touches it. */
public final class DashboardController {

    private final DashboardApi api;

    private final PageFiles files;

    private final DashboardPath path;

    private final ServletStream stream;

    /**
     * A controller.
     *
     * @param api what the page asks
     * @param files the page
     * @param path where it is
     * @param stream what happens
     */
    public DashboardController(DashboardApi api, PageFiles files, DashboardPath path, ServletStream stream) {
        this.api = api;
        this.files = files;
        this.path = path;
        this.stream = stream;
    }

    /** With the slash at the end the page, without it a redirection there. */
    @GetMapping
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        if (request.getRequestURI().endsWith("/")) {
            return file("", request);
        }
        // Set by hand: a server's own redirection would make it absolute, and know nothing of a proxy before it.
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, path.redirection())
                .header(HttpHeaders.CACHE_CONTROL, SafetyHeaders.API_CACHE)
                .build();
    }

    @GetMapping("/{name}")
    ResponseEntity<byte[]> file(@PathVariable("name") String name, HttpServletRequest request) {
        PageFile file = files.find(name).orElse(null);
        if (file == null) {
            return respond(Answer.problem(404, "Not Found", "The dashboard has no such file."));
        }
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean same = known != null && known.contains(file.tag());
        ResponseEntity.BodyBuilder response = ResponseEntity.status(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(file.tag())
                .header(HttpHeaders.CACHE_CONTROL, SafetyHeaders.FILES_CACHE);
        return same
                ? response.build()
                : response.contentType(MediaType.parseMediaType(file.type())).body(file.content());
    }

    @GetMapping("/api/snapshot")
    ResponseEntity<byte[]> snapshot() {
        return respond(api.snapshot());
    }

    @GetMapping("/api/service/snapshot")
    CompletableFuture<ResponseEntity<byte[]>> service() {
        return api.service().thenApply(this::respond);
    }

    @GetMapping("/api/stream")
    @Nullable
    ResponseEntity<SseEmitter> stream(HttpServletResponse response) throws IOException {
        // Not "ResponseEntity<?>": at the end of the stream Spring MVC would take the request's path for the name of a
        // view.
        try {
            return ResponseEntity.ok()
                    .headers(this::addHeaders)
                    .header("X-Accel-Buffering", "no") // a proxy must pass each event on at once
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .body(stream.open());
        } catch (TooManySubscribersException full) {
            api.headers().forEach(response::setHeader);
            write(Answer.problem(503, "Service Unavailable", String.valueOf(full.getMessage())), response);
            return null;
        }
    }

    @GetMapping(DashboardApi.CALLS)
    ResponseEntity<byte[]> call(HttpServletRequest request) {
        return respond(api.call(names(request)));
    }

    @PostMapping(DashboardApi.CALLS)
    ResponseEntity<byte[]> change(HttpServletRequest request) throws IOException {
        Answer refusal = WriteRules.refusal(request::getHeader, host(request)).orElse(null);
        if (refusal != null) {
            return respond(refusal);
        }
        byte[] body = request.getInputStream().readNBytes(DashboardApi.LONGEST_BODY + 1);
        @Nullable Principal viewer = request.getUserPrincipal();
        return respond(api.change(names(request), body, viewer == null ? null : viewer.getName()));
    }

    private static List<String> names(HttpServletRequest request) {
        String @Nullable [] names = request.getParameterValues("name");
        return names == null ? List.of() : List.of(names);
    }

    private ResponseEntity<byte[]> respond(Answer answer) {
        return ResponseEntity.status(answer.status())
                .headers(this::addHeaders)
                .contentType(MediaType.parseMediaType(answer.type()))
                .body(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setContentType(answer.type());
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private void addHeaders(HttpHeaders headers) {
        api.headers().forEach(headers::set);
    }

    /** As a browser names it in {@code Origin}: without the scheme's own port. */
    static String host(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == ("https".equals(request.getScheme()) ? 443 : 80);
        return usual ? request.getServerName() : request.getServerName() + ":" + port;
    }
}
