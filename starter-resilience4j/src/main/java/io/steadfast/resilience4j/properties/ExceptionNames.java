package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.RateLimitedException;
import org.springframework.util.ClassUtils;

/** Which exceptions of ours say what resilience4j's say. */
final class ExceptionNames {

    private static final Map<String, String> OURS = Map.of(
            "io.github.resilience4j.circuitbreaker.CallNotPermittedException", CircuitOpenException.class.getName(),
            "io.github.resilience4j.ratelimiter.RequestNotPermitted", RateLimitedException.class.getName(),
            "io.github.resilience4j.bulkhead.BulkheadFullException", BulkheadFullException.class.getName(),
            "java.util.concurrent.TimeoutException", CallTimeoutException.class.getName());

    private ExceptionNames() {}

    /** The same list, and beside each of theirs the one of ours. */
    static List<Found.Element> ours(List<Found.Element> named, boolean leaveOutUnknown) {
        List<Found.Element> all = new ArrayList<>();
        for (Found.Element element : named) {
            if (!leaveOutUnknown || exists(element.text())) {
                all.add(element);
            }
            String mine = OURS.get(element.text());
            if (mine != null) {
                all.add(new Found.Element(mine, element.origin()));
            }
        }
        return all;
    }

    static boolean exists(String name) {
        return ClassUtils.isPresent(name, ClassUtils.getDefaultClassLoader());
    }
}
