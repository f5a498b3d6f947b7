package io.steadfast.bulkhead;

import org.jspecify.annotations.Nullable;

/**
 * Who waits, and who of them is next: the highest class first, and in it by the order of the queue. Knows nothing of threads;
 * its owner's lock guards it. Each operation takes the same time however many wait.
 */
final class WaitingLine {

    private QueueOrder order;

    /** One for each class, the highest first. */
    private final Lane[] lanes = new Lane[Priority.values().length];

    private int size;

    WaitingLine(QueueOrder order) {
        this.order = order;
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane();
        }
    }

    /** Changes who is next; nobody loses a place. */
    void order(QueueOrder other) {
        order = other;
    }

    int size() {
        return size;
    }

    void add(Place place) {
        lane(place).append(place);
        size++;
    }

    void remove(Place place) {
        lane(place).unlink(place);
        size--;
    }

    @Nullable
    Place next() {
        for (Lane lane : lanes) {
            Place next = order == QueueOrder.FIFO ? lane.oldest : lane.newest;
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    /**
     * Whoever would be served last, if that is after a newcomer.
     *
     * @return {@code null} if the newcomer would be last itself
     */
    @Nullable
    Place lesserThan(Place newcomer) {
        int own = newcomer.priority().ordinal();
        for (int i = lanes.length - 1; i > own; i--) {
            Place last = order == QueueOrder.FIFO ? lanes[i].newest : lanes[i].oldest;
            if (last != null) {
                return last;
            }
        }
        return order == QueueOrder.FIFO ? null : lanes[own].oldest;
    }

    private Lane lane(Place place) {
        return lanes[place.priority().ordinal()];
    }

    /** Those of one class, chained from the oldest to the newest. */
    private static final class Lane {

        private @Nullable Place oldest;

        private @Nullable Place newest;

        void append(Place place) {
            Place before = newest;
            place.older = before;
            if (before == null) {
                oldest = place;
            } else {
                before.newer = place;
            }
            newest = place;
        }

        void unlink(Place place) {
            Place older = place.older;
            Place newer = place.newer;
            if (older == null) {
                oldest = newer;
            } else {
                older.newer = newer;
            }
            if (newer == null) {
                newest = older;
            } else {
                newer.older = older;
            }
            place.older = null;
            place.newer = null;
        }
    }
}
