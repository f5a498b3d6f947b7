package io.steadfast.spring.actuate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.steadfast.core.PolicyEvent;
import io.steadfast.spring.events.OneLine;

/** The last events of one name. The newest overwrites the oldest; nobody waits for anybody. */
final class EventRing {

    private final AtomicReferenceArray<RecordedEvent> events;

    private final AtomicLong next = new AtomicLong();

    EventRing(int size) {
        this.events = new AtomicReferenceArray<>(size);
    }

    void add(PolicyEvent event, Instant at) {
        long sequence = next.getAndIncrement();
        events.set(
                (int) (sequence % events.length()),
                new RecordedEvent(sequence, at, event.kind(), event.policy(), event.call(), OneLine.of(event)));
    }

    /** What is in the ring, in no particular order. */
    List<RecordedEvent> events() {
        List<RecordedEvent> found = new ArrayList<>();
        for (int index = 0; index < events.length(); index++) {
            RecordedEvent event = events.get(index);
            if (event != null) {
                found.add(event);
            }
        }
        return found;
    }
}
