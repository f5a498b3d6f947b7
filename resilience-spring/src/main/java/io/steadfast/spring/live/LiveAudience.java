package io.steadfast.spring.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Those who watch, {@value #MOST} at most. */
final class LiveAudience {

    static final int MOST = 50;

    private static final Log LOGGER = LogFactory.getLog(LiveFeed.class);

    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** With those that were dropped and have not yet let go: each may still hold a thread in a write that does not end. */
    private final AtomicInteger places = new AtomicInteger();

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean hasRoom() {
        return places.get() < MOST;
    }

    /** Takes a place, and is told nothing before {@link #add}. */
    Member reserve(LiveSubscriber subscriber) {
        if (places.incrementAndGet() > MOST) {
            places.decrementAndGet();
            throw new TooManySubscribersException();
        }
        return new Member(subscriber);
    }

    void add(Member member) {
        members.add(member);
    }

    void tell(Frame frame) {
        for (Member member : members) {
            if (!member.isOffered(frame)) {
                members.remove(member);
                LOGGER.info("A client that watches the calls was dropped: it does not read as fast as things change."
                        + " Browsers come back by themselves.");
                member.end();
            }
        }
    }

    void end() {
        for (Member member : members) {
            members.remove(member);
            member.end();
        }
    }

    final class Member implements AutoCloseable {

        private final LiveSubscriber subscriber;

        private final AtomicBoolean closed = new AtomicBoolean();

        Member(LiveSubscriber subscriber) {
            this.subscriber = subscriber;
        }

        LiveSubscriber subscriber() {
            return subscriber;
        }

        /** A subscriber that throws is as good as gone. */
        boolean isOffered(Frame frame) {
            try {
                return subscriber.offer(frame);
            } catch (RuntimeException broken) {
                LOGGER.debug("A client that watches the calls failed", broken);
                return false;
            }
        }

        void end() {
            try {
                subscriber.ended();
            } catch (RuntimeException broken) {
                LOGGER.debug("A client that watches the calls failed to end", broken);
            }
        }

        @Override
        public void close() {
            members.remove(this);
            if (closed.compareAndSet(false, true)) {
                places.decrementAndGet();
            }
        }
    }
}
