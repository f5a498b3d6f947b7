package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.core.Policy;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.jspecify.annotations.Nullable;

/** A provider whose policies resilience4j's customizers have a say in, and its registries show. */
final class ObservedProvider<A extends Annotation, S> implements PolicyProvider<A, S> {

    private final PolicyProvider<A, S> provider;

    private final PolicyStore<?> store;

    private final PolicyWatch watch;

    ObservedProvider(PolicyProvider<A, S> provider, PolicyStore<?> store, PolicyWatch watch) {
        this.provider = provider;
        this.store = store;
        this.watch = watch;
    }

    @Override
    public @Nullable Policy create(PolicyRequest<A, S> asked) {
        return store.registering(asked.id().instance(), () -> {
            PolicyRequest<A, S> request = watch.customize(asked);
            Policy made = provider.create(request);
            if (made == null) {
                return null;
            }
            Policy dressed = watch.dress(request, made);
            watch.inForce(request, dressed);
            return dressed;
        });
    }

    @Override
    public Succession succeed(PolicyRequest<A, S> asked, Policy before) {
        return store.registering(asked.id().instance(), () -> {
            PolicyRequest<A, S> request = watch.customize(asked);
            Succession succession = provider.succeed(request, watch.undress(before));
            if (succession.policy() == null) {
                return succession;
            }
            Policy dressed = watch.dress(request, succession.policy());
            return new Succession(dressed, () -> {
                succession.takeOver().run();
                watch.inForce(request, dressed);
            });
        });
    }

    @Override
    public void discard(Policy made) {
        provider.discard(watch.undress(made));
        store.remove(made.id().instance());
    }

    @Override
    public String policy() {
        return provider.policy();
    }

    @Override
    public List<String> places() {
        return provider.places();
    }

    @Override
    public Class<A> annotation() {
        return provider.annotation();
    }

    @Override
    public Class<S> settings() {
        return provider.settings();
    }

    @Override
    public boolean perMethod() {
        return provider.perMethod();
    }

    @Override
    public boolean standard() {
        return provider.standard();
    }

    @Override
    public Set<String> methodKeys() {
        return provider.methodKeys();
    }

    @Override
    public Map<Class<?>, Object> traits(PolicyRequest<A, S> request) {
        return provider.traits(request);
    }

    @Override
    public Map<String, Object> standardValues() {
        return provider.standardValues();
    }

    /** For messages that name a provider. */
    @Override
    public String toString() {
        return provider.toString();
    }
}
