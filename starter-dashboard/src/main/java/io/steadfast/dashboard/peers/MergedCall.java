package io.steadfast.dashboard.peers;

import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One call over all instances: what is counted is added up, what is measured or judged is the worst. */
final class MergedCall {

    private final String name;

    private final ObjectNode outcomes = JsonMapper.shared().createObjectNode();

    private final ObjectNode refusedBy = JsonMapper.shared().createObjectNode();

    private final ObjectNode latency = JsonMapper.shared().createObjectNode();

    private final ObjectNode instances = JsonMapper.shared().createObjectNode();

    private double rate;

    private int severity = -1;

    private JsonNode trouble = JsonMapper.shared().nullNode();

    private long since = Long.MAX_VALUE;

    MergedCall(String name) {
        this.name = name;
    }

    void add(String instance, ObjectNode call) {
        rate += call.path("rate").asDouble(0);
        if (call.path("severity").asInt(0) > severity) {
            severity = call.path("severity").asInt(0);
            trouble = call.path("trouble");
        }
        if (call.path("since").isNumber()) {
            since = Math.min(since, call.path("since").asLong());
        }
        for (Map.Entry<String, JsonNode> outcome : call.path("outcomes").properties()) {
            addUp(outcome.getKey(), outcome.getValue());
        }
        for (Map.Entry<String, JsonNode> policy : call.path("refusedBy").properties()) {
            refusedBy.put(
                    policy.getKey(),
                    refusedBy.path(policy.getKey()).asLong(0)
                            + policy.getValue().asLong(0));
        }
        for (Map.Entry<String, JsonNode> figure : call.path("latency").properties()) {
            latency.put(
                    figure.getKey(),
                    Math.max(
                            latency.path(figure.getKey()).asDouble(0),
                            figure.getValue().asDouble(0)));
        }
        ObjectNode own = instances.putObject(instance);
        for (String key : new String[] {"severity", "rate", "trouble", "policies"}) {
            own.set(key, call.path(key).isMissingNode() ? own.nullNode() : call.path(key));
        }
    }

    /** By place from the end: clocks of instances differ, but each one's last second is the one under way. */
    private void addUp(String outcome, JsonNode seconds) {
        ArrayNode before = outcomes.withArray(outcome);
        ArrayNode sum = JsonMapper.shared().createArrayNode();
        int length = Math.max(before.size(), seconds.size());
        for (int place = length; place > 0; place--) {
            sum.add(before.path(before.size() - place).asLong(0)
                    + seconds.path(seconds.size() - place).asLong(0));
        }
        outcomes.set(outcome, sum);
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("name", name);
        json.set("trouble", trouble.isMissingNode() ? json.nullNode() : trouble);
        json.put("severity", severity);
        json.set("since", since == Long.MAX_VALUE ? json.nullNode() : json.numberNode(since));
        json.put("rate", Math.round(rate * 100) / 100.0);
        json.set("outcomes", outcomes);
        json.set("refusedBy", refusedBy);
        json.set("latency", latency.isEmpty() ? json.nullNode() : latency);
        json.set("instances", instances);
        return json;
    }
}
