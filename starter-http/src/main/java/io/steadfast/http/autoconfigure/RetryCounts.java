package io.steadfast.http.autoconfigure;

import java.util.Objects;
import java.util.function.ToIntFunction;

import io.steadfast.core.Call;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** How many attempts a call makes at most, as its settings are now. */
record RetryCounts(ObjectProvider<CallCatalogue> catalogue) implements ToIntFunction<Call> {

    private static final String RETRY = "retry";

    private static final String MAX_ATTEMPTS = "max-attempts";

    @Override
    public int applyAsInt(Call call) {
        CallCatalogue calls = catalogue.getIfAvailable();
        GuardedCall known = calls == null ? null : calls.find(call.name()).orElse(null);
        if (known == null) {
            return 1;
        }
        for (GuardedPolicy policy : known.pipeline()) {
            if (policy.id().policy().equals(RETRY)) {
                return number(policy.values().get(MAX_ATTEMPTS));
            }
        }
        return 1;
    }

    private static int number(@Nullable EffectiveValue value) {
        try {
            return value == null ? 1 : Integer.parseInt(Objects.toString(value.value()));
        } catch (NumberFormatException noNumber) {
            return 1;
        }
    }
}
