package io.steadfast.failover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Instance;
import org.jspecify.annotations.Nullable;

/**
 * What a source has named, put in order: a registry may name an instance twice, none at all, or far too many.
 *
 * @param instances each id once
 * @param trouble what is wrong with the list, one line; {@code null} if nothing is
 */
record NamedInstances(List<Instance> instances, @Nullable String trouble) {

    /** More than this is taken for a mistake of the source, and the rest is left out. */
    static final int MOST = 10_000;

    static NamedInstances of(@Nullable List<? extends @Nullable Instance> named) {
        if (named == null) {
            return new NamedInstances(List.of(), "the source answered with null");
        }
        Map<String, Instance> byId = new LinkedHashMap<>();
        List<String> trouble = new ArrayList<>();
        for (Instance instance : named) {
            if (instance == null) {
                say(trouble, "the source names an instance that is null");
                continue;
            }
            if (byId.size() == MOST && !byId.containsKey(instance.id())) {
                say(trouble, "the source names more than " + MOST + " instances; the others are left out");
                break;
            }
            Instance first = byId.putIfAbsent(instance.id(), instance);
            if (first != null && !first.equals(instance)) {
                say(trouble, "the source names " + first.id() + " more than once, and differently; the first counts");
            }
        }
        if (byId.isEmpty()) {
            say(trouble, "the source names no instance");
        }
        return new NamedInstances(List.copyOf(byId.values()), trouble.isEmpty() ? null : trouble.get(0));
    }

    private static void say(List<String> trouble, String line) {
        if (trouble.isEmpty()) {
            trouble.add(line);
        }
    }
}
