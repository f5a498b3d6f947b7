package io.steadfast.test;

import java.util.List;

import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a {@link Pipeline}.
 *
 * <pre>{@code
 * assertThat(pipeline).hasOrder("fallback", "retry", "circuit-breaker");
 * }</pre>
 */
public final class PipelineAssert extends AbstractAssert<PipelineAssert, Pipeline> {

    private PipelineAssert(Pipeline actual) {
        super(actual, PipelineAssert.class);
    }

    /**
     * Starts an assertion.
     *
     * @param actual the pipeline
     * @return the assertion
     */
    public static PipelineAssert assertThat(Pipeline actual) {
        return new PipelineAssert(actual);
    }

    /**
     * Requires exactly these kinds of policy.
     *
     * @param policies ids as in the properties, outermost first
     * @return this assertion
     */
    public PipelineAssert hasOrder(String... policies) {
        isNotNull();
        List<String> found =
                actual.describe().policies().stream().map(PolicyId::policy).toList();
        if (!found.equals(List.of(policies))) {
            throw failure(
                    "Expected call '%s' to pass, outermost first,%n  %s%nbut it passes%n  %s",
                    actual.name(), List.of(policies), found);
        }
        return this;
    }
}
