package io.steadfast.samples.storefront.services;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** One service behind the shop: a real HTTP server on a free port that answers as its mood says, up to its capacity. */
public final class PretendService {

    private static final Pattern PATH = Pattern.compile("/[a-z]+/([0-9]{1,9})");

    private static final int SLOW_MILLIS = 1500;

    /** Longer than anybody waits. Not for ever, because the server ends only when all answers are sent. */
    private static final int HANGING_MILLIS = 6000;

    /** The JDK's client asks again by itself when a connection is reset; it takes a burst to be noticed. */
    private static final int BURST_LENGTH = 3;

    private static final int BURST_EVERY = 9;

    private final Service service;

    private final Capacity capacity;

    private final WireMockServer server;

    private final AtomicLong requests = new AtomicLong();

    private volatile Mood mood = Mood.WELL;

    private PretendService(Service service, Capacity capacity) {
        this.service = service;
        this.capacity = capacity;
        this.server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("localhost")
                .http2PlainDisabled(true) // the JDK's client and WireMock disagree about upgrades to HTTP/2
                .disableRequestJournal() // nobody reads it, and it would grow
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(4)
                .extensions(new Answers()));
    }

    static PretendService start(Service service, Capacity capacity) {
        PretendService started = new PretendService(service, capacity);
        started.server.stubFor(any(anyUrl()));
        started.server.start();
        return started;
    }

    /**
     * Changes how the service behaves from the next request on.
     *
     * @param other the new mood
     */
    public void become(Mood other) {
        mood = other;
    }

    Mood mood() {
        return mood;
    }

    URI url() {
        return URI.create("http://localhost:" + server.port());
    }

    void stop() {
        server.stop();
    }

    private ResponseDefinitionBuilder answer(String path) {
        if (!capacity.take(Instant.now().getEpochSecond())) {
            return unavailable();
        }
        long request = requests.incrementAndGet();
        boolean third = request % 3 == 0;
        boolean inBurst = request % BURST_EVERY < BURST_LENGTH;
        return switch (mood) {
            case WELL -> good(path);
            case OVERLOADED -> third ? unavailable() : good(path);
            case DROPPING -> inBurst ? reset() : good(path);
            case SLOW -> good(path).withFixedDelay(SLOW_MILLIS);
            case HANGING -> good(path).withFixedDelay(HANGING_MILLIS);
            case RESTARTING -> unavailable();
            case DEAD -> reset();
        };
    }

    private ResponseDefinitionBuilder good(String path) {
        Matcher product = PATH.matcher(path);
        if (!product.matches()) {
            return ResponseDefinitionBuilder.responseDefinition().withStatus(404);
        }
        return ResponseDefinitionBuilder.responseDefinition()
                .withHeader("Content-Type", "application/json")
                .withBody(service.answer(product.group(1)));
    }

    private static ResponseDefinitionBuilder unavailable() {
        return ResponseDefinitionBuilder.responseDefinition().withStatus(503);
    }

    private static ResponseDefinitionBuilder reset() {
        return ResponseDefinitionBuilder.responseDefinition().withFault(Fault.CONNECTION_RESET_BY_PEER);
    }

    /** Asked by the server for every answer. */
    private final class Answers implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return answer(event.getRequest().getUrl()).build();
        }

        @Override
        public String getName() {
            return "mood";
        }
    }
}
