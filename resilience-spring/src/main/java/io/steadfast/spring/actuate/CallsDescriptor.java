package io.steadfast.spring.actuate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All guarded calls, as the endpoint answers.
 *
 * @param calls the calls, ordered by name
 * @param changes changes made while the application runs; empty, because there is no way yet to make one
 */
public record CallsDescriptor(List<Summary> calls, List<Map<String, Object>> changes) {

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
