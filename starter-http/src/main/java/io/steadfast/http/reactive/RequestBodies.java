package io.steadfast.http.reactive;

import java.util.Set;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Knows which bodies can be sent again. An inserter says nothing about itself, but all that one method of {@link BodyInserters} makes are
 * of one class.
 */
final class RequestBodies {

    private static final Set<Class<?>> REPLAYABLE = Set.of(
            BodyInserters.empty().getClass(),
            BodyInserters.fromValue("").getClass(),
            BodyInserters.fromValue("", ParameterizedTypeReference.forType(String.class))
                    .getClass(),
            BodyInserters.fromFormData("", "").getClass());

    private RequestBodies() {}

    static boolean isReplayable(ClientRequest request) {
        return REPLAYABLE.contains(request.body().getClass())
                || Boolean.TRUE.equals(
                        request.attribute(GuardedExchanges.REPLAYABLE).orElse(false));
    }
}
