package io.steadfast.resilience4j.annotations;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.steadfast.core.PolicyOrder;
import io.steadfast.resilience4j.Difference;
import io.steadfast.resilience4j.Differences;
import io.steadfast.resilience4j.properties.ForeignPolicy;
import io.steadfast.spring.GuardedMethod;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * What differs because of the annotations that a method has together.
 *
 * @param policies what they ask for
 */
record CombinedAnnotations(Set<ForeignPolicy> policies) {

    static final Difference NAMED_ONCE =
            Difference.of("A name that a bean gives is asked for once, at start-up, and not at each call.");

    static final Difference EXCEPTIONS = Difference.of(
            "Refusals are exceptions of ours: CircuitOpenException, RateLimitedException and BulkheadFullException, all"
                    + " CallRejectedException of io.steadfast.core; a time limiter's is CallTimeoutException. Catch those, or"
                    + " RejectedExecutionException.");

    static final Difference REFUSALS_NOT_RETRIED = new Difference(
            "A refusal of the circuit breaker, rate limiter or bulkhead is not retried, and if one ends the retrying, the caller gets"
                    + " the target's own last failure.",
            "To retry refusals: resilience.retry.instances.<name>.retry-exceptions: java.lang.Exception,"
                    + " io.steadfast.core.CallRejectedException.");

    static final Difference REFUSALS_NOT_COUNTED = new Difference(
            "A refusal of the rate limiter or bulkhead inside a circuit breaker does not count as a failure of the target.",
            "To count refusals: resilience.circuit-breaker.instances.<name>.record-exceptions: java.lang.Throwable,"
                    + " io.steadfast.core.CallRejectedException.");

    static final Difference ON_CALLERS_THREAD = Difference.of(
            "A thread-pool bulkhead has no threads: the method runs on its caller's, and its stage holds the permit until it"
                    + " completes. Let the method itself hand its work to an executor.");

    static final Difference PERMITS =
            Difference.of("permits of @RateLimiter counts; resilience4j 2.4.0 reads it nowhere.");

    private static final Set<ForeignPolicy> INSIDE_BREAKER =
            EnumSet.of(ForeignPolicy.RATE_LIMITER, ForeignPolicy.BULKHEAD, ForeignPolicy.THREAD_POOL_BULKHEAD);

    static CombinedAnnotations of(GuardedMethod method) {
        Set<ForeignPolicy> policies = EnumSet.noneOf(ForeignPolicy.class);
        for (MergedAnnotations present : List.of(
                MergedAnnotations.from(method.method(), SearchStrategy.TYPE_HIERARCHY),
                MergedAnnotations.from(method.beanClass(), SearchStrategy.TYPE_HIERARCHY))) {
            ForeignAnnotation.types()
                    .forEach(type -> present.stream(type)
                            .forEach(annotation -> policies.add(ForeignAnnotation.of(annotation.synthesize())
                                    .policy())));
        }
        return new CombinedAnnotations(policies);
    }

    void tell(ForeignAnnotation annotation, String where, Differences differences) {
        ForeignPolicy policy = annotation.policy();
        boolean refuses = policy == ForeignPolicy.CIRCUIT_BREAKER || INSIDE_BREAKER.contains(policy);
        if (refuses || policy == ForeignPolicy.TIME_LIMITER) {
            differences.add(EXCEPTIONS, where);
        }
        if (refuses && policies.contains(ForeignPolicy.RETRY)) {
            differences.add(REFUSALS_NOT_RETRIED, where);
        }
        if (INSIDE_BREAKER.contains(policy) && policies.contains(ForeignPolicy.CIRCUIT_BREAKER)) {
            differences.add(REFUSALS_NOT_COUNTED, where);
        }
        if (policy == ForeignPolicy.THREAD_POOL_BULKHEAD) {
            differences.add(ON_CALLERS_THREAD, where);
        }
        if (annotation.permits() != 1) {
            differences.add(PERMITS, where);
        }
        if (!annotation.fallbackMethod().isBlank() && hasOutside(policy)) {
            differences.add(outermost(policy), where);
        }
    }

    /** Whether the method has something that resilience4j puts around this annotation and so around its fallback. */
    private boolean hasOutside(ForeignPolicy policy) {
        int place = PolicyOrder.STANDARD.indexOf(policy.ours());
        return policies.stream()
                .filter(other -> !other.ours().isEmpty())
                .anyMatch(other -> policy == ForeignPolicy.TIMER || PolicyOrder.STANDARD.indexOf(other.ours()) < place);
    }

    static Difference outermost(ForeignPolicy policy) {
        List<String> order = new ArrayList<>(PolicyOrder.STANDARD.places());
        order.remove("fallback");
        int place = policy.ours().isEmpty() ? order.size() : order.indexOf(policy.ours());
        order.add(place, "fallback");
        return new Difference(
                "The fallback answers when everything else has failed, retries included; in resilience4j it answered inside the"
                        + " policies around its annotation, which took its answer for a success.",
                "To have it there again: resilience.calls.<call>.order: " + String.join(", ", order) + ".");
    }
}
