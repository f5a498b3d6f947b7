package io.steadfast.core;

import java.util.List;

/**
 * What a pipeline consists of, for the actuator and for tests that assert an order.
 *
 * @param call the name of the call
 * @param policies its policies, outermost first
 */
public record PipelineDescription(String call, List<PolicyId> policies) {

    /**
     * Copies the list.
     *
     * @param call the name of the call
     * @param policies its policies, outermost first
     */
    public PipelineDescription {
        policies = List.copyOf(policies);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        policies.forEach(id -> text.append(id.policy()).append('('));
        return text.append(call).append(")".repeat(policies.size())).toString();
    }
}
