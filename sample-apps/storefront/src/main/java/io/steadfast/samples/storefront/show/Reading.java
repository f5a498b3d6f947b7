package io.steadfast.samples.storefront.show;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the meters say: since the start, or between two moments.
 *
 * @param visits what visitors saw
 * @param activities what each dependency did
 */
record Reading(Visits visits, Map<Dependency, Activity> activities) {

    static final Reading NOTHING = new Reading(Visits.NONE, Map.of());

    Activity of(Dependency dependency) {
        return activities.getOrDefault(dependency, Activity.NONE);
    }

    Reading since(Reading earlier) {
        Map<Dependency, Activity> difference = new EnumMap<>(Dependency.class);
        activities.forEach((dependency, now) -> difference.put(dependency, now.since(earlier.of(dependency))));
        return new Reading(visits.since(earlier.visits), difference);
    }
}
