package io.steadfast.dashboard.peers;

import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sums up the snapshots of instances. */
final class ServiceMerge {

    private final ObjectNode view = JsonMapper.shared().createObjectNode();

    private final ArrayNode instances;

    private final Map<String, MergedCall> calls = new TreeMap<>();

    ServiceMerge(long at, String application) {
        view.put("at", at).put("application", application);
        this.instances = view.putArray("instances");
    }

    void add(String id, String uri, PeerReply reply) {
        String unique = unique(id, uri);
        instances
                .addObject()
                .put("id", unique)
                .put("uri", uri)
                .put("reachable", reply.error() == null)
                .put("error", reply.error());
        if (reply.snapshot() != null) {
            for (JsonNode call : reply.snapshot().path("calls")) {
                if (call instanceof ObjectNode one && one.path("name").isString()) {
                    calls.computeIfAbsent(one.path("name").asString(), MergedCall::new)
                            .add(unique, one);
                }
            }
        }
    }

    /** Two instances may call themselves the same, for example behind two addresses. */
    private String unique(String id, String uri) {
        for (JsonNode other : instances) {
            if (other.path("id").asString().equals(id)) {
                return id + " (" + uri + ")";
            }
        }
        return id;
    }

    @Override
    public String toString() {
        ArrayNode merged = view.putArray("calls");
        calls.values().forEach(call -> merged.add(call.json()));
        return view.toString();
    }
}
