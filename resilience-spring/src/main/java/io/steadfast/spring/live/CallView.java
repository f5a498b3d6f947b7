package io.steadfast.spring.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** One call as those who watch know it: what was sent last, and since when it is in trouble. Used under the feed's lock. */
final class CallView {

    private static final int RATE_SECONDS = 10;

    private static final double[] QUANTILES = {0.5, 0.95, 0.99};

    private final String name;

    private @Nullable Long since;

    private String sent = "";

    private int sentSecond = -1;

    private final int[] sentCounts = new int[Served.KINDS];

    CallView(String name) {
        this.name = name;
    }

    /** All about the call but its seconds, without the brace at the end. */
    String describe(Look look, List<PolicyReading> policies, boolean steered, @Nullable CallRecorder recorder) {
        long[] lately = new long[Served.KINDS];
        CallRecorder active = recorder == null || recorder.isIdle(look.second()) ? null : recorder;
        if (active != null) {
            Arrays.setAll(lately, kind -> active.outcomes().sum(look.second(), RATE_SECONDS, kind));
        }
        int severity = Math.max(steered ? Severity.UNUSUAL : Severity.NONE, Severity.of(lately));
        List<String> troubles = new ArrayList<>();
        for (PolicyReading policy : policies) {
            severity = Math.max(severity, policy.severity());
            if (policy.trouble() != null && !troubles.contains(policy.trouble())) {
                troubles.add(policy.trouble());
            }
        }
        turned(severity, look.atMillis());
        JsonText json = look.json().clear();
        json.begin().key("name").string(name);
        json.key("trouble").string(troubles.isEmpty() ? null : String.join("; ", troubles));
        json.key("severity").number(severity).key("since").value(since);
        json.key("rate").rounded(Arrays.stream(lately).sum() / (RATE_SECONDS - 1 + look.partOfSecond()));
        json.key("refusedBy").begin();
        if (active != null) {
            refusals(json, look.second(), active.refusals());
        }
        json.end().key("latency");
        latency(json, active == null ? null : active.latencies(look.second()));
        json.key("policies").beginList();
        policies.forEach(policy -> json.raw(policy.json()));
        return json.endList().toString();
    }

    private void turned(int severity, long atMillis) {
        if (severity == Severity.NONE) {
            since = null;
        } else if (since == null) {
            since = atMillis;
        }
    }

    private static void refusals(JsonText json, int second, Map<String, Seconds> refusals) {
        new TreeMap<>(refusals).forEach((policy, seconds) -> {
            long count = seconds.sum(second, Seconds.KEPT, 0);
            if (count > 0) {
                json.key(policy).number(count);
            }
        });
    }

    private static void latency(JsonText json, Latencies.@Nullable Distribution read) {
        if (read == null) {
            json.value(null);
            return;
        }
        json.begin();
        for (double quantile : QUANTILES) {
            json.key("p" + Math.round(quantile * 100)).rounded(read.quantile(quantile));
        }
        json.key("max").rounded(read.max()).end();
    }

    /** The whole call, for a snapshot. */
    String whole(Look look, String described, @Nullable CallRecorder recorder) {
        JsonText json = look.json().clear();
        json.raw(described).key("outcomes").begin();
        for (Served served : Served.values()) {
            json.key(served.key()).beginList();
            for (int second = look.second() - Seconds.KEPT + 1; second <= look.second(); second++) {
                json.number(recorder == null ? 0 : recorder.outcomes().read(second, served.ordinal()));
            }
            json.endList();
        }
        return json.end().end().toString();
    }

    /**
     * What has changed since the last time this was asked.
     *
     * @return the call; {@code null} if nothing has
     */
    @Nullable
    String changed(Look look, String described, @Nullable CallRecorder recorder) {
        String columns = recorder == null ? "[]" : columns(look, recorder.outcomes());
        if (described.equals(sent) && columns.equals("[]")) {
            return null;
        }
        sent = described;
        return look.json()
                .clear()
                .raw(described)
                .key("columns")
                .raw(columns)
                .end()
                .toString();
    }

    private String columns(Look look, Seconds outcomes) {
        JsonText json = look.json().clear().beginList();
        for (int second = Math.max(sentSecond, look.second() - Seconds.KEPT + 1); second <= look.second(); second++) {
            if (isNews(second, outcomes)) {
                json.beginList().number(look.epochSecond(second));
                for (int count : sentCounts) {
                    json.number(count);
                }
                json.endList();
            }
        }
        return json.endList().toString();
    }

    /** Compares a second with what was sent of it, and remembers it as sent. */
    private boolean isNews(int second, Seconds outcomes) {
        boolean news = false;
        for (int kind = 0; kind < Served.KINDS; kind++) {
            int known = second == sentSecond ? sentCounts[kind] : 0;
            int count = outcomes.read(second, kind);
            news |= count != known;
            sentCounts[kind] = count;
        }
        sentSecond = second;
        return news;
    }
}
