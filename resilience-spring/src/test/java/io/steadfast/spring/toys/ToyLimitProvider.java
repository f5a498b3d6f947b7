package io.steadfast.spring.toys;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Policy;
import io.steadfast.core.SettingsCheck;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;

/** A policy with two places, settings of the method's own, and values for the standard set. */
public final class ToyLimitProvider implements PolicyProvider<ToyLimit, ToyLimitSettings> {

    private final List<String> made = new CopyOnWriteArrayList<>();

    /** What was asked for: place, instance, and the owner as the shared policy sees it. */
    public List<String> made() {
        return made;
    }

    @Override
    public String policy() {
        return "timeout";
    }

    @Override
    public List<String> places() {
        return List.of("timeout.total", "timeout");
    }

    @Override
    public Class<ToyLimit> annotation() {
        return ToyLimit.class;
    }

    @Override
    public Class<ToyLimitSettings> settings() {
        return ToyLimitSettings.class;
    }

    @Override
    public Policy create(PolicyRequest<ToyLimit, ToyLimitSettings> request) {
        made.add(request.id() + " of " + request.settings().getOwner());
        Duration limit = request.id().policy().equals("timeout")
                ? request.settings().getLimit()
                : request.settings().getTotal();
        if (limit == null) {
            return null;
        }
        new SettingsCheck()
                .that(!limit.isNegative(), "must not be negative", "limit")
                .refuseIfWrong();
        return new ToyLimitPolicy(request.id(), limit);
    }

    @Override
    public Set<String> methodKeys() {
        return Set.of("owner");
    }

    @Override
    public Map<Class<?>, Object> traits(PolicyRequest<ToyLimit, ToyLimitSettings> request) {
        String owner = request.settings().getOwner();
        new SettingsCheck()
                .that(!owner.equals("nobody"), "must be somebody", "owner")
                .refuseIfWrong();
        if (owner.equals("stranger")) {
            throw new InvalidGuardException(
                    "Nobody knows the stranger", request.method().describe(), "Name somebody we know.");
        }
        return Map.of(ToyOwner.class, new ToyOwner(owner));
    }

    @Override
    public boolean standard() {
        return true;
    }

    @Override
    public Map<String, Object> standardValues() {
        return Map.of("limit", Duration.ofSeconds(2), "total", "10s", "owner", "standard");
    }
}
