package io.steadfast.dashboard.peers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The line to one instance: never more than one question under way, and the reply to the last one. An instance that did not answer the
 * last time is asked again, but nobody waits for it: its reply counts the next time.
 */
final class PeerLine {

    private final Peer peer;

    private final PeerClient client;

    private final AtomicReference<@Nullable CompletableFuture<PeerReply>> underWay = new AtomicReference<>();

    /** Why the last reply was none; {@code null} if it was one, which is not kept: there may be many lines, and snapshots are long. */
    private volatile @Nullable PeerReply failed;

    PeerLine(Peer peer, PeerClient client) {
        this.peer = peer;
        this.client = client;
    }

    /** Complete at once if the instance failed the last time, otherwise within the client's time. */
    CompletableFuture<PeerReply> ask() {
        PeerReply before = failed;
        CompletableFuture<PeerReply> reply = question();
        return before != null && !reply.isDone() ? CompletableFuture.completedFuture(before) : reply;
    }

    private CompletableFuture<PeerReply> question() {
        CompletableFuture<PeerReply> mine = new CompletableFuture<>();
        CompletableFuture<PeerReply> other = underWay.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        client.ask(peer).whenComplete((reply, impossible) -> {
            failed = reply.error() == null ? null : reply;
            underWay.set(null);
            mine.complete(reply);
        });
        return mine;
    }
}
