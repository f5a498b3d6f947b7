package io.steadfast.resilience4j.registry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.resilience4j.core.registry.AbstractRegistry;
import io.github.resilience4j.core.registry.EntryAddedEvent;
import io.github.resilience4j.core.registry.EntryRemovedEvent;
import io.github.resilience4j.core.registry.EntryReplacedEvent;
import io.github.resilience4j.core.registry.RegistryEventConsumer;

/**
 * Tells the application's {@link RegistryEventConsumer}s of the entries of a registry. A policy gets into it in two steps, as a
 * registry can only make entries of its own kind, which ours then replaces; they are told once, of ours.
 *
 * <p>Asks for the consumers with the first event, because registries are made before nearly everything else. Thread-safe.
 *
 * @param <E> the entries
 */
final class RegistryListeners<E> implements RegistryEventConsumer<E> {

    private final PolicyStore<E> store;

    private final Function<E, String> nameOf;

    private final Supplier<? extends List<? extends RegistryEventConsumer<E>>> consumers;

    private final Map<String, E> heldBack = new ConcurrentHashMap<>();

    RegistryListeners(
            PolicyStore<E> store,
            Function<E, String> nameOf,
            Supplier<? extends List<? extends RegistryEventConsumer<E>>> consumers) {
        this.store = store;
        this.nameOf = nameOf;
        this.consumers = consumers;
    }

    @Override
    public void onEntryAddedEvent(EntryAddedEvent<E> event) {
        E added = event.getAddedEntry();
        if (store.isRegistering(nameOf.apply(added))) {
            heldBack.put(nameOf.apply(added), added);
        } else {
            consumers.get().forEach(consumer -> consumer.onEntryAddedEvent(event));
        }
    }

    @Override
    public void onEntryReplacedEvent(EntryReplacedEvent<E> event) {
        E ours = event.getNewEntry();
        if (heldBack.remove(nameOf.apply(ours), event.getOldEntry())) {
            new Announcement<>(consumers.get()).of(nameOf.apply(ours), ours);
        } else {
            consumers.get().forEach(consumer -> consumer.onEntryReplacedEvent(event));
        }
    }

    @Override
    public void onEntryRemovedEvent(EntryRemovedEvent<E> event) {
        consumers.get().forEach(consumer -> consumer.onEntryRemovedEvent(event));
    }

    /** Only a registry can make the event that tells of an entry; this one is there for nothing else. */
    private static final class Announcement<E> extends AbstractRegistry<E, Kind> {

        Announcement(List<? extends RegistryEventConsumer<E>> consumers) {
            super(Kind.CIRCUIT_BREAKER, List.copyOf(consumers));
        }

        void of(String name, E entry) {
            computeIfAbsent(name, () -> entry);
        }
    }
}
