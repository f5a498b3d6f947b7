package io.steadfast.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.steadfast.core.Call;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/** The configured HTTP clients. Immutable and thread-safe; finding one by a URL costs a look-up by host and a few comparisons. */
public final class HttpTargets {

    private final Map<String, HttpTarget> byName = new LinkedHashMap<>();

    private final Map<String, List<Claim>> byPlace = new HashMap<>();

    private final RequestKeys keys = new RequestKeys();

    private final HttpSurroundings surroundings;

    /**
     * Lines up the clients.
     *
     * @param targets the clients
     * @param surroundings clocks, and who knows how often calls are retried
     * @throws io.steadfast.core.InvalidSettingsException if two have one name, or claim the same place
     */
    public HttpTargets(Collection<HttpTarget> targets, HttpSurroundings surroundings) {
        this.surroundings = surroundings;
        SettingsCheck check = new SettingsCheck();
        for (HttpTarget target : targets) {
            check.that(byName.put(target.name(), target) == null, "is the name of two clients", target.name());
            claim(target, check);
        }
        check.refuseIfWrong();
        byPlace.values().forEach(claims -> claims.sort(Comparator.comparing(Claim::template)));
    }

    /**
     * No clients: requests are only noted for the annotated calls around them.
     *
     * @param surroundings clocks, and who knows how often calls are retried
     * @return an empty collection
     */
    public static HttpTargets none(HttpSurroundings surroundings) {
        return new HttpTargets(List.of(), surroundings);
    }

    /**
     * The client whose place a URL is in: the most specific one if several are.
     *
     * @param uri an absolute URL
     * @return the client; empty if none claims the URL
     */
    public Optional<HttpTarget> find(URI uri) {
        if (byPlace.isEmpty()) {
            return Optional.empty();
        }
        HttpTarget found = find(byPlace.get(TargetPlace.originOf(uri)), uri);
        if (found == null) {
            found = find(byPlace.get("//" + TargetPlace.serviceOf(uri)), uri);
        }
        return Optional.ofNullable(found);
    }

    /**
     * A client by its name.
     *
     * @param name its name
     * @return the client; empty if there is none
     */
    public Optional<HttpTarget> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The names of the clients.
     *
     * @return as configured
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /**
     * Begins a request that belongs to a client, or to none.
     *
     * @param target the client; {@code null} for none: then the request is only noted for the call around it
     * @param request what is to be sent
     * @param outer the guarded call it is made in: {@link Call#current()}, or what lies in the Reactor {@code Context} under
     *     {@link Call#CONTEXT_KEY}
     * @param retriedAbove whether the caller of this service retries: {@link RetryLayer#isRetriedAbove()}, or what lies in the
     *     {@code Context} under {@link RetryLayer#CONTEXT_KEY}
     * @return the request over all its attempts
     */
    public Exchange exchange(
            @Nullable HttpTarget target, OutgoingRequest request, @Nullable Call outer, boolean retriedAbove) {
        return new Exchange(target, request, outer, retriedAbove, surroundings, keys);
    }

    private void claim(HttpTarget target, SettingsCheck check) {
        List<Claim> claims = byPlace.computeIfAbsent(target.place().base(), any -> new ArrayList<>());
        for (PathTemplate template : target.place().templates()) {
            claims.stream()
                    .filter(other -> other.template().equals(template))
                    .findFirst()
                    .ifPresent(other -> check.that(
                            false,
                            "both claim " + target.place().base() + template + ": let one of them have other paths",
                            other.target().name(),
                            target.name()));
            claims.add(new Claim(template, target));
        }
    }

    private static @Nullable HttpTarget find(@Nullable List<Claim> claims, URI uri) {
        if (claims == null) {
            return null;
        }
        String path = uri.normalize().getRawPath();
        List<String> segments = PathTemplate.segments(path == null ? "" : path);
        for (Claim claim : claims) {
            if (claim.template().matches(segments)) {
                return claim.target();
            }
        }
        return null;
    }

    private record Claim(PathTemplate template, HttpTarget target) {}
}
