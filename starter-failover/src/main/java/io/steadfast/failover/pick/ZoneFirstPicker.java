package io.steadfast.failover.pick;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends as much to the own zone as it can be trusted with, the rest elsewhere: Envoy's spill between priorities, with its
 * over-provisioning factor of 1.4. A zone of which half is in service gets 70 %, not all and not nothing.
 */
final class ZoneFirstPicker implements Picker {

    /** A zone is expected to serve so many times what its part in service would in proportion. */
    private static final double OVERPROVISIONING = 1.4;

    /** Makes the decision about the zone independent of where the key goes inside. */
    private static final long SALT = 0x5A4F4E45L;

    private final LongSupplier random;

    private final String zone;

    private final Picker inside;

    private final Picker outside;

    ZoneFirstPicker(LongSupplier random, String zone, Supplier<? extends Picker> within) {
        this.random = random;
        this.zone = zone;
        this.inside = within.get();
        this.outside = within.get();
    }

    @Override
    public Selection among(Offer offer, long nowNanos) {
        List<? extends Candidate> candidates = Eligible.carrying(offer.candidates());
        List<? extends Candidate> own = filter(candidates, this::isOwn);
        List<? extends Candidate> others = filter(candidates, candidate -> !isOwn(candidate));
        if (own.isEmpty()) {
            return outside.among(new Offer(others, filter(offer.members(), member -> !isOwn(member))), nowNanos);
        }
        List<? extends Candidate> ownMembers = filter(offer.members(), this::isOwn);
        Selection in = inside.among(new Offer(own, ownMembers), nowNanos);
        if (others.isEmpty()) {
            return in;
        }
        List<? extends Candidate> otherMembers = filter(offer.members(), member -> !isOwn(member));
        Selection out = outside.among(new Offer(others, otherMembers), nowNanos);
        double part = ownPart(health(ownMembers), health(otherMembers));
        return choice -> {
            boolean stays = fraction(choice) < part;
            Candidate candidate = (stays ? in : out).pick(choice);
            return candidate == null ? (stays ? out : in).pick(choice) : candidate;
        };
    }

    private static double ownPart(double own, double others) {
        double together = Math.min(1, own + others);
        return together == 0 ? 1 : Math.min(1, own / together); // nobody in service: stay at home
    }

    /** How much of all traffic they could take, at most 1. */
    private static double health(List<? extends Candidate> members) {
        List<? extends Candidate> carrying = Eligible.carrying(members);
        double inService = 0;
        double all = 0;
        for (Candidate candidate : carrying) {
            int weight = Math.max(1, candidate.instance().weight());
            all += weight;
            inService += candidate.isAvailable() ? weight : 0;
        }
        return all == 0 ? 0 : Math.min(1, OVERPROVISIONING * inService / all);
    }

    private double fraction(Choice choice) {
        Object key = choice.key();
        return Hashes.fraction(key == null ? random.getAsLong() : Hashes.mix(Hashes.ofKey(key) ^ SALT));
    }

    private boolean isOwn(Candidate candidate) {
        return zone.equals(candidate.instance().zone());
    }

    private static <C extends Candidate> List<C> filter(List<C> candidates, Predicate<? super C> wanted) {
        return candidates.stream().filter(wanted).toList();
    }
}
