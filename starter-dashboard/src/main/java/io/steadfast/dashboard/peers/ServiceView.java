package io.steadfast.dashboard.peers;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All calls of a service, merged over its instances. However many people watch, each instance gets one question at a time. Thread-safe.
 */
public final class ServiceView {

    /** More are not asked: the answer must be there in time, and nobody reads a table of a thousand instances. */
    static final int MOST_PEERS = 100;

    private static final Log LOGGER = LogFactory.getLog(ServiceView.class);

    private final PeerSource source;

    private final PeerClient client;

    private final Map<Peer, PeerLine> lines = new ConcurrentHashMap<>();

    private final AtomicReference<@Nullable CompletableFuture<String>> underWay = new AtomicReference<>();

    /**
     * A view.
     *
     * @param source the instances
     * @param client asks them
     */
    public ServiceView(PeerSource source, PeerClient client) {
        this.source = source;
        this.client = client;
    }

    /**
     * Asks all instances; those who ask while an answer is awaited get the same one.
     *
     * @param own this instance's snapshot
     * @return the merged view, as JSON
     */
    public CompletableFuture<String> ask(Supplier<String> own) {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> other = underWay.compareAndExchange(null, mine);
        if (other != null) {
            return other.copy();
        }
        gather(own).whenComplete((view, failure) -> {
            underWay.set(null);
            if (failure == null) {
                mine.complete(view);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine.copy();
    }

    private CompletableFuture<String> gather(Supplier<String> own) {
        try {
            ObjectNode snapshot = (ObjectNode) JsonMapper.shared().readTree(own.get());
            List<Peer> all = peers();
            List<Peer> asked = all.subList(0, Math.min(all.size(), MOST_PEERS));
            lines.keySet().retainAll(asked);
            Map<Peer, CompletableFuture<PeerReply>> replies = new LinkedHashMap<>();
            for (Peer peer : asked) {
                replies.put(peer, line(peer).ask());
            }
            return CompletableFuture.allOf(replies.values().toArray(CompletableFuture[]::new))
                    .thenApply(all1 -> merged(snapshot, replies, all));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private PeerLine line(Peer peer) {
        return lines.computeIfAbsent(peer, added -> new PeerLine(added, client));
    }

    private List<Peer> peers() {
        try {
            return source.peers().stream().distinct().toList();
        } catch (RuntimeException failure) {
            LOGGER.debug("The instances of this service cannot be looked up", failure);
            return List.of();
        }
    }

    private static String merged(ObjectNode own, Map<Peer, CompletableFuture<PeerReply>> replies, List<Peer> all) {
        ServiceMerge merge = new ServiceMerge(
                own.path("at").asLong(), own.path("application").asString(""));
        Peer self = replies.entrySet().stream()
                .filter(entry -> entry.getValue().join().self())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        merge.add(
                self == null ? own.path("instance").asString("this one") : self.id(),
                self == null ? "" : self.uri().toString(),
                PeerReply.of(own, null));
        // A list and a registry may know one instance by two addresses; its calls must not count twice.
        Set<String> runs = new HashSet<>();
        for (Peer peer : all) {
            CompletableFuture<PeerReply> asked = replies.get(peer);
            PeerReply reply = asked == null
                    ? PeerReply.failure("not asked: only the first " + MOST_PEERS + " instances are")
                    : asked.join();
            if (!reply.self() && (reply.run() == null || runs.add(reply.run()))) {
                merge.add(peer.id(), peer.uri().toString(), reply);
            }
        }
        return merge.toString();
    }
}
