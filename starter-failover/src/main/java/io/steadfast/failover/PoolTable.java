package io.steadfast.failover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A pool as an operator reads it: numbers and text. */
final class PoolTable {

    private static final double NANOS_PER_MILLI = 1e6;

    private PoolTable() {}

    static Map<String, Object> of(Pool pool, FailoverConfig config) {
        List<InstanceState> states = pool.instances();
        List<Map<String, Object>> rows = new ArrayList<>(states.size());
        int inFlight = 0;
        for (InstanceState state : states) {
            rows.add(row(state));
            inFlight += state.inFlight();
        }
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("picker", config.picker().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        table.put("in-flight", inFlight);
        table.put("panic", pool.isInPanic());
        pool.listAge().ifPresent(age -> table.put("list-age-ms", age.toMillis()));
        pool.trouble().ifPresent(trouble -> table.put("trouble", trouble));
        table.put("instances", rows);
        return table;
    }

    private static Map<String, Object> row(InstanceState state) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", state.instance().id());
        row.put("uri", state.instance().uri().toString());
        if (state.instance().zone() != null) {
            row.put("zone", state.instance().zone());
        }
        row.put("weight", state.instance().weight());
        row.put("status", PoolNews.name(state.status()));
        if (!state.reason().isEmpty()) {
            row.put("reason", state.reason());
        }
        row.put("in-flight", state.inFlight());
        row.put("expected-ms", rounded(state.expectedNanos() / NANOS_PER_MILLI));
        row.put("share", rounded(state.share()));
        if (state.remaining() != null) {
            row.put("remaining-ms", state.remaining().toMillis());
        }
        row.put("times-ejected", state.timesEjected());
        row.put("succeeded", state.succeeded());
        row.put("failed", state.failed());
        return row;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
