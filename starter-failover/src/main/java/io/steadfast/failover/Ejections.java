package io.steadfast.failover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.steadfast.failover.Load.Counts;
import io.steadfast.failover.Outliers.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Who is set aside for failing. Stateless; runs under the pool's lock.
 *
 * <p>The order of a look at the interval is gRPC's (A50): count, compare success rates, compare failure percentages, forgive.
 */
final class Ejections {

    private Ejections() {}

    /**
     * Sets an instance aside, unless too many are already, or it is the last one in service.
     *
     * @return whether it did
     */
    static boolean eject(
            Collection<Member> all, Member failing, @Nullable EjectionConfig config, long now, String reason) {
        if (config == null || !failing.isAvailable() || !hasRoom(all, failing, config)) {
            return false;
        }
        failing.ejectForFailing(now, config.nanosFor(failing.timesEjected() + 1), reason);
        return true;
    }

    private static boolean hasRoom(Collection<Member> all, Member failing, EjectionConfig config) {
        int ejected = 0;
        int othersInService = 0;
        for (Member member : all) {
            if (member.isEjectedForFailing()) {
                ejected++;
            } else if (member != failing
                    && member.isAvailable()
                    && member.instance().weight() > 0) {
                othersInService++;
            }
        }
        return othersInService > 0 && ejected < config.mostEjected(all.size());
    }

    /**
     * Closes an interval: judges what was counted in it, and forgives.
     *
     * @param fresh whether the counts are of the interval just passed, and not of one long ago
     * @param intervalNanos how long an interval is
     * @return whether anybody was set aside
     */
    static boolean closeInterval(
            Collection<Member> all, @Nullable EjectionConfig config, boolean fresh, long intervalNanos, long now) {
        List<Rate<Member>> rates = new ArrayList<>();
        for (Member member : all) {
            Counts counts = member.closeInterval();
            if (config != null && member.isAvailable() && counts.calls() >= config.minimumCalls()) {
                rates.add(new Rate<>(member, counts.calls(), counts.failed()));
            }
        }
        boolean changed = false;
        if (config != null && fresh) {
            for (Map.Entry<Member, String> guilty : judge(rates, config).entrySet()) {
                changed |= eject(all, guilty.getKey(), config, now, guilty.getValue());
            }
        }
        all.forEach(member -> member.forgive(now, intervalNanos));
        return changed;
    }

    /** Those to be set aside, the worst first, and why. */
    private static Map<Member, String> judge(List<Rate<Member>> rates, EjectionConfig config) {
        Map<Member, String> guilty = new LinkedHashMap<>();
        if (config.successRateDeviation() > 0) {
            for (Rate<Member> rate : Outliers.among(rates, config.successRateDeviation())) {
                guilty.put(rate.of(), percent(rate.success()) + " of its calls succeeded, far fewer than elsewhere");
            }
        }
        if (config.failurePercentage() > 0) {
            for (Rate<Member> rate : rates) {
                if (rate.failures() * 100 >= config.failurePercentage() * rate.calls()) {
                    guilty.putIfAbsent(rate.of(), percent(1 - rate.success()) + " of its calls failed");
                }
            }
        }
        return guilty;
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", part * 100);
    }
}
