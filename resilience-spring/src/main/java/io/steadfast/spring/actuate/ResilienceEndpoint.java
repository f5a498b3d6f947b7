package io.steadfast.spring.actuate;

import java.util.List;

import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * The actuator endpoint {@code resilience}: all guarded calls, and each of them in detail with its policies, their states,
 * the values in force with the places they were set, and what happened lately. Reads only.
 */
@Endpoint(id = "resilience", defaultAccess = Access.READ_ONLY)
public final class ResilienceEndpoint {

    private final CallCatalogue catalogue;

    private final RecentEvents recent;

    /**
     * An endpoint.
     *
     * @param catalogue the calls
     * @param recent what happened to them
     */
    public ResilienceEndpoint(CallCatalogue catalogue, RecentEvents recent) {
        this.catalogue = catalogue;
        this.recent = recent;
    }

    /**
     * All calls.
     *
     * @return the calls, ordered by name
     */
    @ReadOperation
    public CallsDescriptor calls() {
        return new CallsDescriptor(catalogue.calls().stream().map(this::summary).toList(), List.of());
    }

    /**
     * One call.
     *
     * @param name the call's name, in several parts if it contains slashes
     * @return the call; {@code null}, which is answered with 404, if there is none of that name
     */
    @ReadOperation
    public @Nullable CallDescriptor call(@Selector(match = Match.ALL_REMAINING) String... name) {
        return catalogue.find(String.join("/", name)).map(this::detail).orElse(null);
    }

    private CallsDescriptor.Summary summary(GuardedCall call) {
        return new CallsDescriptor.Summary(
                call.name(),
                call.methods(),
                call.pipeline().stream().map(policy -> policy.id().policy()).toList(),
                Trouble.of(call, recent.of(call), recent.now()));
    }

    private CallDescriptor detail(GuardedCall call) {
        return new CallDescriptor(
                call.name(),
                call.methods(),
                call.pipeline().stream()
                        .map(CallDescriptor.PolicyDescriptor::of)
                        .toList(),
                recent.of(call).stream().map(CallDescriptor.EventDescriptor::of).toList());
    }
}
