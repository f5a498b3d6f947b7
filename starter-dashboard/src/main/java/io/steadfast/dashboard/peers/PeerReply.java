package io.steadfast.dashboard.peers;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an instance said when it was asked last.
 *
 * @param snapshot its snapshot; {@code null} if it has none to give
 * @param error why there is none; {@code null} if there is one
 * @param run which run of an application answered; {@code null} if it did not say
 * @param self whether this instance has asked itself
 */
record PeerReply(
        @Nullable ObjectNode snapshot,
        @Nullable String error,
        @Nullable String run,
        boolean self) {

    static PeerReply of(ObjectNode snapshot, @Nullable String run) {
        return new PeerReply(snapshot, null, run, false);
    }

    static PeerReply failure(String error) {
        return new PeerReply(null, error, null, false);
    }

    static PeerReply fromSelf() {
        return new PeerReply(null, null, null, true);
    }
}
