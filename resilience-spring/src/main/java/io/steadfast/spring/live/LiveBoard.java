package io.steadfast.spring.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.SteeredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what there is to see. A policy that several calls share is read once a look, and what a look finds unchanged is not written
 * again. Used under the feed's lock.
 */
final class LiveBoard {

    private final CallRecorders recorders;

    private final LiveSources sources;

    private final Map<String, CallView> views = new HashMap<>();

    private Map<PolicySlot<?>, PolicyReading> readings = new IdentityHashMap<>();

    private String sentChanges = "[]";

    LiveBoard(CallRecorders recorders, LiveSources sources) {
        this.recorders = recorders;
        this.sources = sources;
    }

    /** Everything. Leaves what {@link #tick} has sent as it is. */
    Frame snapshot(Look look, boolean writable) {
        List<LiveChange> changes = sources.changes();
        List<String> calls = new ArrayList<>();
        describe(look, changes)
                .forEach((name, described) -> calls.add(view(name).whole(look, described, recorders.find(name))));
        JsonText json = new JsonText()
                .begin()
                .key("at")
                .number(look.atMillis())
                .key("application")
                .string(sources.application())
                .key("instance")
                .string(sources.instance())
                .key("writable")
                .value(writable)
                .key("calls")
                .beginList();
        calls.forEach(json::raw);
        json.endList().key("changes").raw(json(changes)).end();
        return new Frame("snapshot", json.toString());
    }

    /** What has changed since the last one. */
    Frame tick(Look look) {
        List<LiveChange> changes = sources.changes();
        Map<String, String> described = describe(look, changes);
        JsonText json = new JsonText()
                .begin()
                .key("at")
                .number(look.atMillis())
                .key("calls")
                .beginList();
        described.forEach((name, text) -> {
            String changed = view(name).changed(look, text, recorders.find(name));
            if (changed != null) {
                json.raw(changed);
            }
        });
        json.endList().key("gone").beginList();
        views.keySet().stream().filter(name -> !described.containsKey(name)).forEach(json::string);
        json.endList();
        views.keySet().retainAll(described.keySet());
        String now = json(changes);
        if (!now.equals(sentChanges)) {
            sentChanges = now;
            json.key("changes").raw(now);
        }
        return new Frame("tick", json.end().toString());
    }

    /** Only finds out who is in trouble since when. */
    void watch(Look look) {
        describe(look, sources.changes());
    }

    private Map<String, String> describe(Look look, List<LiveChange> changes) {
        Set<Object> steered = steered(changes);
        Map<PolicySlot<?>, PolicyReading> known = readings;
        Map<PolicySlot<?>, PolicyReading> read = new IdentityHashMap<>();
        Map<String, String> described = new LinkedHashMap<>();
        for (GuardedCall call : sources.calls()) {
            List<PolicyReading> policies = new ArrayList<>();
            boolean byHand = steered.contains(call.name());
            for (SteeredPolicy steeredPolicy : sources.pipeline(call)) {
                GuardedPolicy policy = steeredPolicy.policy();
                policies.add(
                        read.computeIfAbsent(policy.slot(), slot -> PolicyReading.of(steeredPolicy, known.get(slot))));
                byHand |= steered.contains(policy.id());
            }
            described.put(call.name(), describe(look, call.name(), policies, byHand));
        }
        for (String name : recorders.names()) { // also of pipelines that are built in code
            if (!described.containsKey(name)) {
                described.put(name, describe(look, name, List.of(), false));
            }
        }
        readings = read;
        return described;
    }

    private String describe(Look look, String name, List<PolicyReading> policies, boolean byHand) {
        return view(name).describe(look, policies, byHand, recorders.find(name));
    }

    private CallView view(String name) {
        return views.computeIfAbsent(name, CallView::new);
    }

    /** Names of calls, and policies. */
    private static Set<Object> steered(List<LiveChange> changes) {
        Set<Object> steered = new LinkedHashSet<>();
        for (LiveChange change : changes) {
            steered.add(change.call());
            steered.add(new PolicyId(change.policy(), change.instance()));
        }
        return steered;
    }

    private static String json(List<LiveChange> changes) {
        JsonText json = new JsonText().beginList();
        changes.forEach(change -> write(change, json));
        return json.endList().toString();
    }

    private static void write(LiveChange change, JsonText json) {
        json.begin().key("id").string(change.id()).key("call").string(change.call());
        json.key("policy").string(change.policy()).key("instance").string(change.instance());
        json.key("action").string(change.action());
        json.key("values").value(change.values()).key("before").value(change.before());
        json.key("by").string(change.by().orElse(null));
        json.key("at").string(change.at().toString());
        json.key("until").string(text(change.until().orElse(null))).end();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
