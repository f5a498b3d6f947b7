package io.steadfast.http;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.steadfast.core.Durations;
import io.steadfast.core.Pipeline;
import io.steadfast.core.SettingsCheck;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A configured HTTP client: a name, the place its requests go to, the rules for its answers and the policies around its calls.
 * Thread-safe.
 */
public final class HttpTarget {

    private final String name;

    private final TargetPlace place;

    private final HttpRules rules;

    private final Supplier<Pipeline> pipeline;

    private final Pipeline withinDeadline;

    /** Shared with the client that takes this one's place: requests under way may still be told to keep away. */
    private volatile AtomicReference<@Nullable Silence> silence = new AtomicReference<>();

    private HttpTarget(String name, TargetPlace place, HttpRules rules, Supplier<Pipeline> pipeline) {
        this.name = checked(name);
        this.place = place;
        this.rules = Objects.requireNonNull(rules, "rules");
        this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
        this.withinDeadline = Pipeline.of(name, new InheritedDeadline(name));
    }

    /**
     * A client by its base URL.
     *
     * @param name the name of its calls
     * @param baseUrl scheme, authority and, if it likes, a path, under which its requests are found; without variables
     * @param paths patterns below it, such as <code>/orders/{id}</code> or {@code /orders/**}; empty for everything
     * @param rules how answers are understood
     * @param pipeline the policies in force; asked for each request
     * @return the client
     * @throws io.steadfast.core.InvalidSettingsException if name, URL or paths make no sense
     */
    public static HttpTarget at(
            String name, String baseUrl, List<String> paths, HttpRules rules, Supplier<Pipeline> pipeline) {
        return new HttpTarget(name, TargetPlace.of(baseUrl, null, paths), rules, pipeline);
    }

    /**
     * A client by the id of the service it calls, which stands where a URL has its host.
     *
     * @param name the name of its calls
     * @param serviceId the id
     * @param paths patterns of paths; empty for everything
     * @param rules how answers are understood
     * @param pipeline the policies in force; asked for each request
     * @return the client
     * @throws io.steadfast.core.InvalidSettingsException if name, id or paths make no sense
     */
    public static HttpTarget ofService(
            String name, String serviceId, List<String> paths, HttpRules rules, Supplier<Pipeline> pipeline) {
        return new HttpTarget(name, TargetPlace.of(null, serviceId, paths), rules, pipeline);
    }

    /**
     * The client's name.
     *
     * @return the name of its calls
     */
    public String name() {
        return name;
    }

    /**
     * How its answers are understood.
     *
     * @return the rules
     */
    public HttpRules rules() {
        return rules;
    }

    /**
     * The policies in force.
     *
     * @return the pipeline for the next request
     */
    public Pipeline pipeline() {
        return pipeline.get();
    }

    /** Ends what runs when the deadline of the thread is over. */
    Pipeline withinDeadline() {
        return withinDeadline;
    }

    TargetPlace place() {
        return place;
    }

    /** Keeps callers away for a time, unless they are kept away longer already. */
    void quietFor(Duration wait, Ticker ticker) {
        Silence next = new Silence(ticker, ticker.nanos() + Math.min(Durations.nanos(wait), Long.MAX_VALUE >> 1));
        silence.accumulateAndGet(next, (known, added) -> known == null || known.left() < next.left() ? added : known);
    }

    /** How long callers are to stay away still, in nanoseconds; zero or less if they may come. */
    long quietNanos() {
        AtomicReference<@Nullable Silence> shared = silence;
        Silence current = shared.get();
        if (current == null) {
            return 0;
        }
        long left = current.left();
        if (left <= 0) {
            shared.compareAndSet(current, null);
        }
        return left;
    }

    boolean isLike(HttpTarget other) {
        return rules.equals(other.rules) && place.equals(other.place);
    }

    /** Keeps callers away as long as the client before would have. */
    void goOnFrom(HttpTarget before) {
        silence = before.silence;
    }

    private static String checked(String name) {
        new SettingsCheck()
                .that(
                        !name.isBlank() && !name.contains("{") && !name.contains("}"),
                        "must not be blank or have variables in it, but is '" + name
                                + "': each value would be a client of its own",
                        "name")
                .refuseIfWrong();
        return name;
    }

    private record Silence(Ticker ticker, long untilNanos) {

        long left() {
            return untilNanos - ticker.nanos();
        }
    }
}
