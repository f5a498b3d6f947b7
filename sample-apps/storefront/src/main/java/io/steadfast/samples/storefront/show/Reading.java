package io.steadfast.samples.storefront.show;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the meters say: since the start, or between two moments.
 *
 * @param visits what visitors saw
 * @param activities what each dependency did
 * @param crawl what the crawler got
 */
record Reading(Visits visits, Map<Dependency, Activity> activities, Crawl crawl) {

    static final Reading NOTHING = new Reading(Visits.NONE, Map.of(), Crawl.NONE);

    Activity of(Dependency dependency) {
        return activities.getOrDefault(dependency, Activity.NONE);
    }

    Reading since(Reading earlier) {
        Map<Dependency, Activity> difference = new EnumMap<>(Dependency.class);
        activities.forEach((dependency, now) -> difference.put(dependency, now.since(earlier.of(dependency))));
        return new Reading(visits.since(earlier.visits), difference, crawl.since(earlier.crawl));
    }
}
