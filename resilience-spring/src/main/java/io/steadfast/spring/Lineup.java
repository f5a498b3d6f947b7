package io.steadfast.spring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicySlot;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline, and what it was made from, to tell whether another made later is any different.
 *
 * @param pipeline the pipeline
 * @param slots where its policies sit, outermost first
 * @param ignored failures that no policy sees
 * @param values the settings that hold for the method, by policy, as operators read them
 * @param arguments fills in what each attempt is entered with; {@code null} if that is what the caller passed
 */
record Lineup(
        Pipeline pipeline,
        List<PolicySlot<?>> slots,
        FailureFilter ignored,
        Map<String, String> values,
        @Nullable AttemptArguments arguments) {

    static Lineup empty(String call) {
        return new Lineup(Pipeline.of(call), List.of(), FailureFilter.NONE, Map.of(), null);
    }

    static Lineup of(
            Pipeline pipeline,
            FailureFilter ignored,
            List<GuardedPolicy> policies,
            @Nullable AttemptArguments arguments) {
        Map<String, String> values = new TreeMap<>();
        for (GuardedPolicy policy : policies) {
            values.put(
                    policy.id().toString(),
                    policy.values().entrySet().stream()
                            .map(value ->
                                    value.getKey() + "=" + value.getValue().value())
                            .collect(Collectors.joining("\n")));
        }
        return new Lineup(pipeline, pipeline.slots(), ignored, values, arguments);
    }

    boolean isLike(Lineup other) {
        return slots.equals(other.slots) && ignored.equals(other.ignored) && values.equals(other.values);
    }
}
