package io.steadfast.spring;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.steadfast.core.PolicyOrder;
import io.steadfast.spring.GlobalSettings.AskedOrder;

/** Reads {@code order} lists; an unknown or repeated place is reported, and then the list is not used. */
final class OrderReader {

    private final Set<String> known;

    private final StartupReport report;

    OrderReader(Set<String> known, StartupReport report) {
        this.known = known;
        this.report = report;
    }

    Optional<AskedOrder> read(List<String> places, Map<String, EffectiveValue> values) {
        EffectiveValue order = values.get("order");
        if (places.isEmpty() || order == null) {
            return Optional.empty();
        }
        boolean usable = true;
        Set<String> seen = new LinkedHashSet<>();
        for (String place : places) {
            if (!known.contains(place)) {
                usable = refuse("names '" + place + "', which is no policy", meant(place), order);
            } else if (!seen.add(place)) {
                usable = refuse("names '" + place + "' twice", "Name each policy once.", order);
            }
        }
        return usable ? Optional.of(new AskedOrder(new PolicyOrder(places), order.origin())) : Optional.empty();
    }

    private boolean refuse(String what, String action, EffectiveValue order) {
        report.add(new StartupProblem("order = " + order.value() + " " + what, order.origin(), action));
        return false;
    }

    private String meant(String place) {
        return Spelling.nearest(place, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse("Name some of: " + String.join(", ", known) + ".");
    }
}
