package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The annotations that guard one method, after the rules of who wins.
 *
 * @param resilient {@link Resilient @Resilient}, if present
 * @param policies the policies asked for one by one, with the annotation that asks
 * @param brought settings that these annotations have no attributes for
 */
record GuardAnnotations(
        @Nullable Resilient resilient,
        Map<PolicyProvider<?, ?>, Annotation> policies,
        Map<PolicyProvider<?, ?>, StatedValues> brought) {

    boolean isEmpty() {
        return resilient == null && policies.isEmpty();
    }
}
