package io.steadfast.resilience4j.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.resilience4j.core.RegistryStore;
import org.jspecify.annotations.Nullable;

/**
 * Where one of resilience4j's registries keeps its entries. Knows which of them stand for policies, and has a policy made when
 * somebody asks for it by name before any guarded method has: whatever is asked for first, there is one policy of a name, and not a
 * second one beside it that nobody calls through.
 *
 * <p>Thread-safe.
 *
 * @param <E> the entries
 */
public final class PolicyStore<E> implements RegistryStore<E> {

    private final Kind kind;

    private final PolicySource source;

    private final Map<String, E> entries = new ConcurrentHashMap<>();

    private final Set<String> policies = ConcurrentHashMap.newKeySet();

    /** Held while an entry is made, for who hears of a new entry may ask for others. */
    private final ReentrantLock adding = new ReentrantLock();

    private final ThreadLocal<@Nullable String> registering = new ThreadLocal<>();

    /**
     * An empty store.
     *
     * @param kind what it keeps
     * @param source makes policies
     */
    public PolicyStore(Kind kind, PolicySource source) {
        this.kind = kind;
        this.source = source;
    }

    /**
     * Has the policy of a name made, unless there is an entry of that name.
     *
     * @param name the instance's name
     */
    public void ask(String name) {
        if (!entries.containsKey(name) && registering.get() == null) {
            source.make(kind, name);
        }
    }

    /**
     * Runs a step that makes a policy and puts it into the registry.
     *
     * @param name the instance's name
     * @param step what to do
     * @param <T> what it makes
     * @return what it made
     */
    <T extends @Nullable Object> T registering(String name, Supplier<T> step) {
        String outer = registering.get();
        registering.set(name);
        try {
            return step.get();
        } finally {
            if (outer == null) {
                registering.remove();
            } else {
                registering.set(outer);
            }
        }
    }

    /** Whether an entry of that name is being put in for a policy, by this thread. */
    boolean isRegistering(String name) {
        return name.equals(registering.get());
    }

    /** A policy made anew, from further settings, takes the place of its predecessor; what others have put in stays. */
    @Override
    public E computeIfAbsent(String name, Function<? super String, ? extends E> maker) {
        E known = entries.get(name);
        if (known != null && !(isRegistering(name) && policies.contains(name))) {
            return known;
        }
        adding.lock();
        try {
            if (isRegistering(name) && (policies.contains(name) || !entries.containsKey(name))) {
                policies.add(name);
                entries.remove(name);
            }
            E present = entries.get(name);
            if (present != null) {
                return present;
            }
            E made = maker.apply(name);
            entries.put(name, made);
            return made;
        } finally {
            adding.unlock();
        }
    }

    @Override
    public @Nullable E putIfAbsent(String name, E entry) {
        return entries.putIfAbsent(name, entry);
    }

    @Override
    public Optional<E> find(String name) {
        if (!entries.containsKey(name) && source.isConfigured(kind, name)) {
            ask(name);
        }
        return Optional.ofNullable(entries.get(name));
    }

    @Override
    public Optional<E> remove(String name) {
        policies.remove(name);
        return Optional.ofNullable(entries.remove(name));
    }

    @Override
    public Optional<E> replace(String name, E entry) {
        return Optional.ofNullable(entries.replace(name, entry));
    }

    @Override
    public Collection<E> values() {
        return List.copyOf(entries.values());
    }
}
