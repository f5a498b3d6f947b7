package io.steadfast.http;

import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.steadfast.core.Call;
import io.steadfast.core.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The configured HTTP clients. Finding one by a URL costs a look-up by host and a few comparisons. Thread-safe; others may take the
 * place of all of them at once.
 */
public final class HttpTargets {

    private final RequestKeys keys = new RequestKeys();

    private final HttpSurroundings surroundings;

    private volatile LinedUp current;

    /**
     * Lines up the clients.
     *
     * @param targets the clients
     * @param surroundings clocks, and who knows how often calls are retried
     * @throws io.steadfast.core.InvalidSettingsException if two have one name, or claim the same place
     */
    public HttpTargets(Collection<HttpTarget> targets, HttpSurroundings surroundings) {
        this.surroundings = surroundings;
        this.current = LinedUp.of(targets);
    }

    /**
     * Puts other clients in the place of these. Requests under way end as they began; a client of a known name that its server has asked
     * to be quiet stays so.
     *
     * @param next the clients from now on
     * @return the names of those that are new, gone, or different
     */
    public Set<String> become(HttpTargets next) {
        LinedUp before = current;
        Set<String> changed = new TreeSet<>(before.byName().keySet());
        changed.addAll(next.current.byName().keySet());
        changed.removeIf(name -> {
            HttpTarget was = before.byName().get(name);
            HttpTarget is = next.current.byName().get(name);
            return was != null && is != null && was.isLike(is);
        });
        next.current.byName().forEach((name, target) -> {
            HttpTarget known = before.byName().get(name);
            if (known != null) {
                target.goOnFrom(known);
            }
        });
        current = next.current;
        return changed;
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
        return Optional.ofNullable(current.find(uri));
    }

    /**
     * The client that a request belongs to.
     *
     * @param name the name of the client; {@code null} if the URL tells
     * @param uri an absolute URL
     * @return the client; {@code null} if there is none
     */
    public @Nullable HttpTarget find(@Nullable String name, URI uri) {
        LinedUp now = current;
        return name == null ? now.find(uri) : now.byName().get(name);
    }

    /**
     * A client by its name.
     *
     * @param name its name
     * @return the client; empty if there is none
     */
    public Optional<HttpTarget> named(String name) {
        return Optional.ofNullable(current.byName().get(name));
    }

    /**
     * The names of the clients.
     *
     * @return as configured
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(current.byName().keySet());
    }

    /**
     * Where to send a request that is made within a guarded call: {@link ExchangeAttempt#destination} for those who have no attempt at
     * hand.
     *
     * @param target the client; {@code null} for none
     * @param planned where the request would go otherwise
     * @param call the guarded call it is made in; {@code null} for none
     * @return the same path and query at the instance that the call has been given, or what was planned
     */
    public URI destination(@Nullable HttpTarget target, URI planned, @Nullable Call call) {
        Lease lease = LeasedPlace.find(target, planned, call);
        return lease == null ? planned : LeasedPlace.at(lease.instance().uri(), planned);
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
}
