package io.steadfast.spring.actuate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.SteeredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One guarded call, as the endpoint answers.
 *
 * @param name its name
 * @param methods the methods that go by it
 * @param pipeline its policies, outermost first
 * @param events what happened lately, the latest last
 */
public record CallDescriptor(
        String name, List<String> methods, List<PolicyDescriptor> pipeline, List<EventDescriptor> events) {

    /**
     * A policy.
     *
     * @param policy its kind
     * @param instance the name of its instance
     * @param state its state by key; empty for a policy without state
     * @param values its settings by key
     * @param actions what operators may ask of it now, where writes are allowed
     */
    public record PolicyDescriptor(
            String policy,
            String instance,
            Map<String, @Nullable Object> state,
            Map<String, ValueDescriptor> values,
            List<String> actions) {

        static PolicyDescriptor of(SteeredPolicy steered) {
            GuardedPolicy policy = steered.policy();
            Map<String, ValueDescriptor> values = new LinkedHashMap<>();
            policy.values().forEach((key, value) -> values.put(key, ValueDescriptor.of(value)));
            return new PolicyDescriptor(
                    policy.id().policy(),
                    policy.id().instance(),
                    PolicyState.of(steered).shown(),
                    values,
                    steered.actions());
        }
    }

    /**
     * A setting.
     *
     * @param value its value; empty, which JSON shows as {@code null}, if it has none
     * @param origin where it was set
     */
    public record ValueDescriptor(Optional<Object> value, String origin) {

        static ValueDescriptor of(EffectiveValue value) {
            return new ValueDescriptor(Optional.ofNullable(value.value()), value.origin());
        }
    }

    /**
     * An event.
     *
     * @param at when, by the wall clock
     * @param kind a constant of {@link io.steadfast.core.PolicyEvent.Kind}
     * @param policy the kind of policy it happened to
     * @param detail one line
     */
    public record EventDescriptor(Instant at, String kind, String policy, String detail) {

        static EventDescriptor of(RecordedEvent event) {
            return new EventDescriptor(
                    event.at(), event.kind().name(), event.policy().policy(), event.detail());
        }
    }
}
