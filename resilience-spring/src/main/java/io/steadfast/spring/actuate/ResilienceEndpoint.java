package io.steadfast.spring.actuate;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code resilience}: all guarded calls, and each of them in detail with its policies, their states,
 * the values in force with the places they were set, and what happened lately. Where writing is allowed, operators change them.
 */
@Endpoint(id = ResilienceEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class ResilienceEndpoint {

    /** The id. */
    public static final String ID = "resilience";

    private final CallBoard board;

    /**
     * An endpoint.
     *
     * @param board what there is to see and to do
     */
    public ResilienceEndpoint(CallBoard board) {
        this.board = board;
    }

    /**
     * All calls.
     *
     * @return the calls, ordered by name
     */
    @ReadOperation
    public CallsDescriptor calls() {
        return board.calls();
    }

    /**
     * One call.
     *
     * @param path the call's name, in several parts if it contains slashes
     * @return the call; {@code null}, which is answered with 404, if there is none of that name
     */
    @ReadOperation
    public @Nullable CallDescriptor call(@Selector(match = Match.ALL_REMAINING) String... path) {
        return board.call(String.join("/", path)).orElse(null);
    }

    /**
     * Changes something.
     *
     * @param security knows who asks
     * @param path the call's name, in several parts if it contains slashes
     * @param action what to do
     * @param policy to which policy
     * @param values settings, as an object or as the text of one
     * @param duration for how long, such as {@code 30s}; for good if nobody says. In a request it is called {@code for}
     * @return the call afterwards and the id of the change; or why not, with 400 or 404
     */
    @WriteOperation
    public WebEndpointResponse<Object> change(
            SecurityContext security,
            @Selector(match = Match.ALL_REMAINING) String[] path,
            @Nullable String action,
            @Nullable String policy,
            @Nullable Object values,
            @Nullable String duration) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("action", action);
        request.put("policy", policy);
        request.put("values", values);
        request.put("for", duration);
        Principal principal = security.getPrincipal();
        WriteAnswer answer =
                board.write(String.join("/", path), request, principal == null ? null : principal.getName());
        return answer.body() instanceof ChangeProblem problem
                ? problem.answer()
                : new WebEndpointResponse<>(answer.body(), answer.status());
    }
}
