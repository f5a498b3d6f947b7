package io.steadfast.resilience4j.registry;

import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyRequest;

/** Refuses to share a name with an instance that code has put into a registry with settings of its own. */
final class Taken {

    private Taken() {}

    static InvalidGuardException by(String kind, PolicyRequest<?, ?> request) {
        String name = request.id().instance();
        return new InvalidGuardException(
                "The registry already holds a " + kind + " named '" + name
                        + "' with settings of its own, so there would be two of that name",
                request.method().describe(),
                "Ask the registry by the name alone and set the values under resilience4j." + kind + ".instances."
                        + name + ", or give one of the two another name.");
    }
}
