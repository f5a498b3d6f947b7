package io.steadfast.dashboard.peers;

import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One call over all instances: what is counted is added up, what is measured or judged is the worst. What an instance sends is taken for what it should be or for nothing. */
final class MergedCall {

    private static final int SECONDS = 60;

    private static final int WORST = 3;

    /** Sums of figures up to here are exact in JavaScript, however many instances there are. */
    private static final long MOST = 1L << 40;

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
        rate += figure(call.path("rate"));
        int bad = Math.min(WORST, Math.max(0, call.path("severity").asInt(0)));
        if (bad > severity) {
            severity = bad;
            trouble = text(call.path("trouble"));
        }
        if (call.path("since").isIntegralNumber()) {
            since = Math.min(since, call.path("since").asLong(Long.MAX_VALUE));
        }
        for (Map.Entry<String, JsonNode> outcome : call.path("outcomes").properties()) {
            addUp(outcome.getKey(), outcome.getValue());
        }
        for (Map.Entry<String, JsonNode> policy : call.path("refusedBy").properties()) {
            refusedBy.put(policy.getKey(), refusedBy.path(policy.getKey()).asLong(0) + count(policy.getValue()));
        }
        for (Map.Entry<String, JsonNode> figure : call.path("latency").properties()) {
            latency.put(
                    figure.getKey(), Math.max(latency.path(figure.getKey()).asDouble(0), figure(figure.getValue())));
        }
        ObjectNode own = instances.putObject(instance);
        own.put("severity", bad);
        own.put("rate", figure(call.path("rate")));
        own.set("trouble", text(call.path("trouble")));
        ArrayNode policies = own.putArray("policies");
        call.path("policies").valueStream().filter(JsonNode::isObject).forEach(policies::add);
    }

    /** By place from the end: clocks of instances differ, but each one's last second is the one under way. */
    private void addUp(String outcome, JsonNode seconds) {
        JsonNode before = outcomes.path(outcome);
        ArrayNode sum = JsonMapper.shared().createArrayNode();
        int length = Math.min(SECONDS, Math.max(before.size(), seconds.size()));
        for (int place = length; place > 0; place--) {
            sum.add(before.path(before.size() - place).asLong(0) + count(seconds.path(seconds.size() - place)));
        }
        outcomes.set(outcome, sum);
    }

    private static long count(JsonNode value) {
        return Math.min(MOST, Math.max(0, value.asLong(0)));
    }

    private static double figure(JsonNode value) {
        double number = value.asDouble(0);
        return Double.isFinite(number) ? Math.min(MOST, Math.max(0, number)) : 0;
    }

    private static JsonNode text(JsonNode value) {
        return value.isString() ? value : JsonMapper.shared().nullNode();
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("name", name);
        json.set("trouble", trouble);
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
