package io.steadfast.spring.live;

import java.util.Map;

import io.steadfast.core.PolicyId;
import io.steadfast.spring.actuate.PolicyState;
import io.steadfast.spring.actuate.Trouble;
import io.steadfast.spring.steer.SteeredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The state of a policy as it was read last, ready to be sent. Most states do not change from one look to the next.
 *
 * @param shown what it said
 * @param trouble what is wrong, {@code null} if nothing is
 * @param severity how bad that is
 * @param json what is sent
 */
record PolicyReading(
        Map<String, @Nullable Object> shown, @Nullable String trouble, int severity, String json) {

    static PolicyReading of(SteeredPolicy policy, @Nullable PolicyReading last) {
        PolicyState state = PolicyState.of(policy);
        Map<String, @Nullable Object> shown = state.shown();
        return last != null && last.shown.equals(shown)
                ? last
                : of(policy.policy().id(), state, shown);
    }

    private static PolicyReading of(PolicyId id, PolicyState state, Map<String, @Nullable Object> shown) {
        String wrong = Trouble.of(state);
        String json = new JsonText()
                .begin()
                .key("policy")
                .string(id.policy())
                .key("instance")
                .string(id.instance())
                .key("state")
                .value(shown)
                .end()
                .toString();
        return new PolicyReading(shown, wrong == null ? null : id + " " + wrong, Severity.of(state, wrong), json);
    }
}
