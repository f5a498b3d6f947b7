package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says once per policy, and not per call, that it throws where it may not. */
final class BrokenPolicies {

    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private BrokenPolicies() {}

    static void complain(String who, Throwable failure) {
        Level level = KNOWN.add(who) ? Level.WARNING : Level.DEBUG;
        Complaints.log(
                level,
                "The " + who + " threw while it judged an outcome, most likely in a predicate of the "
                        + "application. Calls go on without its opinion; further failures are logged at debug level.",
                failure);
    }
}
