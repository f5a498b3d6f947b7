package io.steadfast.resilience4j.actuate;

import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.resilience4j.consumer.CircularEventConsumer;
import io.github.resilience4j.consumer.EventConsumerRegistry;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * The latest events of each instance of a kind, as resilience4j's event endpoints select them.
 *
 * @param <E> the events
 */
public final class RecordedEvents<E> {

    private final EventConsumerRegistry<E> consumers;

    private final Function<E, String> instance;

    private final Function<E, ? extends Enum<?>> type;

    private final Function<E, ZonedDateTime> time;

    /**
     * Events of a kind.
     *
     * @param consumers where they are kept
     * @param instance whose event one is
     * @param type what it is about
     * @param time when it was
     */
    public RecordedEvents(
            EventConsumerRegistry<E> consumers,
            Function<E, String> instance,
            Function<E, ? extends Enum<?>> type,
            Function<E, ZonedDateTime> time) {
        this.consumers = consumers;
        this.instance = instance;
        this.type = type;
        this.time = time;
    }

    /** Those of all instances, the earliest first. */
    <D> List<D> all(Function<E, D> shown) {
        return consumers.getAllEventConsumer().stream()
                .flatMap(consumer -> consumer.getBufferedEvents().stream())
                .sorted(Comparator.comparing(time))
                .map(shown)
                .toList();
    }

    /** Those of one instance; none if there is none of that name. */
    <D> List<D> of(String name, Function<E, D> shown) {
        return of(name, event -> true, shown);
    }

    /**
     * Those of one instance and one type.
     *
     * @throws InvalidEndpointRequestException if there is no such type, which is answered with 400
     */
    <D> List<D> of(String name, String asked, Class<? extends Enum<?>> types, Function<E, D> shown) {
        String typeName = asked.toUpperCase(Locale.ROOT);
        List<String> known =
                List.of(types.getEnumConstants()).stream().map(Enum::name).toList();
        if (!known.contains(typeName)) {
            throw new InvalidEndpointRequestException(
                    "There are no events of type " + asked, "the types are " + String.join(", ", known));
        }
        return of(name, event -> type.apply(event).name().equals(typeName), shown);
    }

    private <D> List<D> of(String name, Predicate<E> chosen, Function<E, D> shown) {
        CircularEventConsumer<E> consumer = consumers.getEventConsumer(name);
        if (consumer == null) {
            consumer = consumers.getEventConsumer("ThreadPoolBulkhead-" + name);
        }
        if (consumer == null) {
            return List.of();
        }
        return consumer.getBufferedEvents().stream()
                .filter(event -> instance.apply(event).equals(name))
                .filter(chosen)
                .map(shown)
                .toList();
    }
}
