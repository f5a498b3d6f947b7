package io.steadfast.dashboard;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.steadfast.dashboard.peers.Self;
import io.steadfast.dashboard.peers.ServiceView;
import io.steadfast.spring.actuate.CallBoard;
import io.steadfast.spring.actuate.WriteAnswer;
import io.steadfast.spring.live.LiveFeed;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the page asks. The same on servlets and WebFlux; who may ask is decided before. Thread-safe. */
public final class DashboardApi {

    /**
     * Where calls are asked about and changed, below the dashboard's path. Which call is said by the parameter {@code name} of the query: as
     * a part of the path, a name with a slash, a dot or a semicolon would lead to another call on some servers, proxies and browsers.
     */
    public static final String CALLS = "/api/calls";

    /** A change is a few short values. */
    public static final int LONGEST_BODY = 64 * 1024;

    /** What is answered about a call that is not there. */
    public static final Answer NO_CALL = Answer.problem(404, "Not Found", "There is no guarded call of that name.");

    private static final TypeReference<Map<String, @Nullable Object>> REQUEST = new TypeReference<>() {};

    private final LiveFeed feed;

    private final CallBoard board;

    private final ServiceView service;

    private final JsonMapper json;

    private final Access access;

    private final Map<String, String> headers;

    /**
     * An API.
     *
     * @param feed the calls of the last minute
     * @param board details and changes
     * @param service all instances of this service
     * @param json writes as the actuator does
     * @param access what the actuator's endpoint {@code resilience} permits
     * @param self recognised by this instance when it asks itself
     */
    public DashboardApi(
            LiveFeed feed, CallBoard board, ServiceView service, JsonMapper json, Access access, Self self) {
        this.feed = feed;
        this.board = board;
        this.service = service;
        this.json = json;
        this.access = access;
        this.headers = Map.of("Cache-Control", SafetyHeaders.API_CACHE, Self.HEADER, self.run());
    }

    /**
     * Whether there is anything to see.
     *
     * @return {@code false} if the actuator's endpoint is closed by {@code management.endpoint.resilience.access=none}
     */
    public boolean isReadable() {
        return access != Access.NONE;
    }

    /**
     * Whether changes are allowed.
     *
     * @return whether the actuator's endpoint allows them: {@code management.endpoint.resilience.access=unrestricted}
     */
    public boolean isWritable() {
        return access == Access.UNRESTRICTED;
    }

    /**
     * What each answer carries besides the headers of {@link SafetyHeaders}.
     *
     * @return headers by name
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The source of the stream.
     *
     * @return the feed
     */
    public LiveFeed feed() {
        return feed;
    }

    /**
     * All calls, now.
     *
     * @return a snapshot
     */
    public Answer snapshot() {
        return Answer.json(feed.snapshot(isWritable()).json());
    }

    /**
     * All calls, summed up over all instances of this service.
     *
     * @return complete when each instance has answered or had its time
     */
    public CompletableFuture<Answer> service() {
        return service.ask(() -> feed.snapshot(isWritable()).json()).thenApply(Answer::json);
    }

    /**
     * One call.
     *
     * @param names its name, and nothing else
     * @return its policies, values and latest events; 404 if there is none of that name
     */
    public Answer call(List<String> names) {
        if (names.size() != 1) {
            return nameless();
        }
        return board.call(names.get(0))
                .map(call -> Answer.written(json, 200, false, call))
                .orElse(NO_CALL);
    }

    /**
     * Changes something.
     *
     * @param names the call's name, and nothing else
     * @param body what is asked for, as the actuator's endpoint takes it
     * @param by who asks, if anybody knows
     * @return the call afterwards, or why nothing was changed
     */
    public Answer change(List<String> names, byte[] body, @Nullable String by) {
        if (!isWritable()) {
            return Answer.problem(
                    403,
                    "Forbidden",
                    "Changes are not allowed here. Set management.endpoint.resilience.access=unrestricted to allow them.");
        }
        if (names.size() != 1) {
            return nameless();
        }
        if (body.length > LONGEST_BODY) {
            return Answer.problem(413, "Content Too Large", "A change is at most " + LONGEST_BODY + " bytes long.");
        }
        Map<String, @Nullable Object> request;
        try {
            request = json.readValue(body, REQUEST);
        } catch (JacksonException unreadable) {
            return Answer.problem(
                    400, "Bad Request", "The body is not a JSON object: " + unreadable.getOriginalMessage());
        }
        if (request == null) {
            return Answer.problem(400, "Bad Request", "The body is not a JSON object: it is null.");
        }
        WriteAnswer answer = board.write(names.get(0), request, by);
        return Answer.written(json, answer.status(), answer.isProblem(), answer.body());
    }

    private static Answer nameless() {
        return Answer.problem(400, "Bad Request", "Say which call, once: " + CALLS + "?name=...");
    }
}
