package io.steadfast.spring;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds configured names that nobody uses. One that an annotation misses by a letter or two is refused; the others are
 * reported, for they may belong to a bean that is not there today.
 */
final class NameCheck {

    private static final int SHORTEST = 4;

    private static final int MOST_EDITS = 2;

    private final StartupReport report;

    private NameCheck(StartupReport report) {
        this.report = report;
    }

    /**
     * Checks the instances of all policies.
     *
     * @param used the instances that annotations ask for, by policy, each with a place that asks for it
     */
    static void check(SettingsReader settings, Map<String, Map<String, String>> used, StartupReport report) {
        for (String policy : settings.policies()) {
            new NameCheck(report)
                    .check(
                            "resilience." + policy + ".instances.",
                            settings.unread(policy),
                            used.getOrDefault(policy, Map.of()),
                            name -> settings.isConfigured(policy, name));
            new NameCheck(report)
                    .noticeSlips(used.getOrDefault(policy, Map.of()), name -> settings.isConfigured(policy, name));
        }
    }

    /**
     * Checks {@code resilience.calls}.
     *
     * @param used the calls, each with one of its methods
     */
    static void checkCalls(GlobalSettings settings, Map<String, String> used, StartupReport report) {
        Map<String, String> configured = new HashMap<>();
        settings.calls().forEach((call, own) -> configured.put(call, own.origin()));
        new NameCheck(report).check("resilience.calls.", configured, used, name -> isAmong(configured, name));
    }

    private void check(
            String prefix, Map<String, String> configured, Map<String, String> used, Predicate<String> isConfigured) {
        configured.forEach((name, origin) -> {
            if (isAmong(used, name)) {
                return;
            }
            Optional<Map.Entry<String, String>> slip = used.entrySet().stream()
                    .filter(asked -> !isConfigured.test(asked.getKey()) && isSlip(asked.getKey(), name))
                    .min(Comparator.comparingInt(asked -> edits(asked.getKey(), name)));
            if (slip.isPresent()) {
                refuse(prefix, name, origin, slip.get());
            } else {
                report.notice("Nothing uses " + prefix + name + " (" + origin + ")."
                        + Spelling.nearest(name, used.keySet())
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse(" Remove it, or name it in an annotation."));
            }
        });
    }

    /** A name that is not configured, beside a like one that is and is used: perhaps meant, perhaps a slip. */
    private void noticeSlips(Map<String, String> used, Predicate<String> isConfigured) {
        List<String> configured = used.keySet().stream().filter(isConfigured).toList();
        if (configured.isEmpty()) {
            return;
        }
        used.forEach((asked, place) -> {
            if (!isConfigured.test(asked)) {
                configured.stream()
                        .filter(name -> isSlip(asked, name))
                        .findFirst()
                        .ifPresent(name -> report.notice("'" + asked + "' (" + place + ") is not configured, but '"
                                + name + "' is. Did you mean '" + name + "'?"));
            }
        });
    }

    private void refuse(String prefix, String name, String origin, Map.Entry<String, String> asked) {
        report.add(new StartupProblem(
                "'" + asked.getKey() + "' is not configured, and nothing uses " + prefix + name,
                asked.getValue() + ", " + origin,
                "Did you mean '" + name + "'? If the annotation is right, call the property '" + asked.getKey()
                        + "'."));
    }

    private static boolean isAmong(Map<String, String> names, String name) {
        return names.keySet().stream().anyMatch(one -> UniformName.same(one, name));
    }

    private static boolean isSlip(String asked, String configured) {
        int shortest = Math.min(
                UniformName.of(asked).length(), UniformName.of(configured).length());
        return shortest >= SHORTEST && edits(asked, configured) <= MOST_EDITS;
    }

    private static int edits(String asked, String configured) {
        return Spelling.distance(UniformName.of(asked), UniformName.of(configured));
    }
}
