package io.steadfast.spring.actuate;

import java.util.List;
import java.util.Optional;

import io.steadfast.spring.steer.LiveChange;

/**
 * All guarded calls, as the endpoint answers.
 *
 * @param calls the calls, ordered by name
 * @param changes changes that operators have made by hand, and that are in force, the earliest first
 */
public record CallsDescriptor(List<Summary> calls, List<LiveChange> changes) {

    /**
     * One call.
     *
     * @param name its name
     * @param methods the methods that go by it
     * @param policies the kinds of its policies, outermost first
     * @param trouble what is wrong with it now; empty, which JSON shows as {@code null}, if nothing is
     */
    public record Summary(String name, List<String> methods, List<String> policies, Optional<String> trouble) {}
}
