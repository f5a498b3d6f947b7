package io.steadfast.fallback.autoconfigure;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.Policy;
import io.steadfast.fallback.Fallback;
import io.steadfast.fallback.FallbackPolicy;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** Makes a fallback for each method: two methods may share settings, but not who answers for them. */
final class FallbackPolicyProvider implements PolicyProvider<Fallback, FallbackProperties.Settings> {

    private final FallbackChains chains = new FallbackChains();

    @Override
    public String policy() {
        return FallbackPolicy.POLICY;
    }

    @Override
    public Class<Fallback> annotation() {
        return Fallback.class;
    }

    @Override
    public Class<FallbackProperties.Settings> settings() {
        return FallbackProperties.Settings.class;
    }

    @Override
    public boolean perMethod() {
        return true;
    }

    @Override
    public Policy create(PolicyRequest<Fallback, FallbackProperties.Settings> request) {
        return new FallbackPolicy(request.id(), filter(request), answers(request));
    }

    /** Who answers is said by the annotation alone, so it is not worked out again. */
    @Override
    public Succession succeed(PolicyRequest<Fallback, FallbackProperties.Settings> request, Policy before) {
        return Succession.ofFresh(((FallbackPolicy) before).successor(filter(request)));
    }

    private static FailureFilter filter(PolicyRequest<Fallback, FallbackProperties.Settings> request) {
        FallbackProperties.Settings settings = request.settings();
        return new FailureFilter(settings.getExceptions(), settings.getIgnoreExceptions());
    }

    private BoundFallbacks answers(PolicyRequest<Fallback, FallbackProperties.Settings> request) {
        GuardedMethod guarded = request.method();
        Fallback annotation = request.annotation();
        if (annotation == null) {
            throw new InvalidGuardException(
                    "A fallback is configured for " + guarded.describe() + ", but nothing says which method answers",
                    "resilience.fallback.instances." + request.id().instance(),
                    "Add @Fallback(method = \"...\") beside @Resilient, or remove the property.");
        }
        BeanFactory beans = BeanLookup.factory(request.beans());
        FallbackPlace place = FallbackPlace.of(annotation, guarded, beans);
        if (place.containsGuarded() && standsOnClass(guarded)) {
            return BoundFallbacks.NONE; // it answers for the other methods of its class, and not for itself
        }
        return new FallbackBinding(place, beans, request.guards(), chains).bind();
    }

    private static boolean standsOnClass(GuardedMethod guarded) {
        return !MergedAnnotations.from(guarded.method(), SearchStrategy.TYPE_HIERARCHY)
                .isPresent(Fallback.class);
    }
}
