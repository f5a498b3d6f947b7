package io.steadfast.spring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses properties under {@code resilience.} that nobody reads. An environment variable only warns: platforms set
 * variables that nobody asked for, for example for a service called "resilience".
 */
final class KeyCheck {

    private final SettingsIndex index;

    private final StartupReport report;

    private final Map<String, String> absent;

    private final Set<String> named = new HashSet<>();

    private KeyCheck(SettingsIndex index, StartupReport report) {
        this.index = index;
        this.report = report;
        List<String> installed = new ArrayList<>(index.policies().keySet());
        index.sections().forEach(section -> installed.add(section.name()));
        this.absent = AbsentSections.without(installed);
    }

    static void check(SettingsReader settings, StartupReport report) {
        KeyCheck check = new KeyCheck(settings.index(), report);
        settings.index().leftOver().forEach(check::report);
    }

    private void report(ConfiguredProperty property) {
        Optional<String> section =
                SettingsIndex.policyOf(property, absent.keySet()).map(SettingsIndex.Placed::policy);
        if (section.isPresent()) {
            if (named.add(section.get())) {
                report(property, missingStarter(property, section.get()));
            }
            return;
        }
        report(
                property,
                new StartupProblem(
                        "Nobody reads the property " + property.name(), property.origin(), action(property)));
    }

    private void report(ConfiguredProperty property, StartupProblem problem) {
        if (property.fromVariable()) {
            report.notice(problem.describe());
        } else {
            report.add(problem);
        }
    }

    private StartupProblem missingStarter(ConfiguredProperty property, String section) {
        return new StartupProblem(
                "The property " + property.name() + " is set, but nothing here reads resilience." + section,
                property.origin(),
                String.valueOf(absent.get(section)));
    }

    private String action(ConfiguredProperty property) {
        Optional<SettingsIndex.Placed> placed = index.policyOf(property);
        if (placed.isPresent()) {
            return inPolicy(placed.get().policy(), placed.get().rest(), property);
        }
        Optional<String> elsewhere = index.sections().stream()
                .filter(section -> section.isOwnerOf(property))
                .map(section -> section.action(property))
                .findFirst();
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        List<String> path = property.path();
        if (UniformName.same(path.get(0), "calls")) {
            return path.size() < 3
                    ? "Write resilience.calls.<call>.order or resilience.calls.<call>.ignore-exceptions."
                    : meantKey(path.subList(2, path.size()), index.calls().keys(), property);
        }
        List<String> known = new ArrayList<>(index.global().keys().names());
        known.add("calls");
        known.addAll(index.policies().keySet());
        index.sections().forEach(section -> known.add(section.name()));
        return Spelling.nearest(path.get(0), known)
                .map(near -> "Did you mean resilience." + near + "?")
                .orElse("Remove it. Known here: " + String.join(", ", known) + ".");
    }

    private String inPolicy(String policy, List<String> path, ConfiguredProperty property) {
        SettingsKeys keys = index.policy(policy).keys();
        String root = "resilience." + policy;
        String usage =
                "Write " + root + ".defaults.<key> for all instances, or " + root + ".instances.<name>.<key> for one.";
        if (path.isEmpty()) {
            return usage;
        }
        List<String> rest = path.subList(1, path.size());
        if (UniformName.same(path.get(0), "defaults")) {
            return isBase(rest)
                    ? "A base belongs to an instance: write " + root + ".instances.<name>.base."
                    : meantKey(rest, keys.without("base"), property);
        }
        if (UniformName.same(path.get(0), "instances")) {
            return rest.size() < 2 ? usage : meantKey(rest.subList(1, rest.size()), keys, property);
        }
        if (keys.match(path, 0, property.fromVariable()).isPresent()) {
            return usage;
        }
        return Spelling.nearest(path.get(0), List.of("defaults", "instances"))
                .map(near -> "Did you mean " + root + "." + near + "?")
                .orElse(usage);
    }

    private static boolean isBase(List<String> path) {
        return path.size() == 1 && UniformName.same(path.get(0), "base");
    }

    /** Looks for the key at the end of the path; what comes before may belong to the instance's name. */
    private static String meantKey(List<String> path, SettingsKeys keys, ConfiguredProperty property) {
        for (int start = 0; start < path.size(); start++) {
            List<String> tail = path.subList(start, path.size());
            Optional<SettingsKeys.KeyMatch> match = prefixMatch(tail, keys, property);
            if (match.isPresent()) {
                return match.get().key().name() + " takes no such index or key below it.";
            }
            Optional<String> near = Spelling.nearest(String.join(".", tail), keys.names());
            if (near.isPresent()) {
                return "Did you mean " + near.get() + "?";
            }
        }
        return "Known keys: " + String.join(", ", keys.names()) + ".";
    }

    private static Optional<SettingsKeys.KeyMatch> prefixMatch(
            List<String> tail, SettingsKeys keys, ConfiguredProperty property) {
        return tail.size() < 2
                ? Optional.empty()
                : keys.match(tail.subList(0, tail.size() - 1), 0, property.fromVariable());
    }
}
