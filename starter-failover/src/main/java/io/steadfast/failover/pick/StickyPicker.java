package io.steadfast.failover.pick;

import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Sends a key where it went before. A call that has tried that place before goes elsewhere once; the key stays, because whether the
 * place is any good is for the pool to say.
 */
final class StickyPicker implements Picker {

    private final Picker first;

    private final Homes homes;

    StickyPicker(Picker first, int maxKeys) {
        this.first = first;
        this.homes = new Homes(maxKeys);
    }

    @Override
    public Selection among(Offer offer, long nowNanos) {
        Map<String, Candidate> byId = Eligible.carrying(offer.candidates()).stream()
                .collect(Collectors.toMap(
                        candidate -> candidate.instance().id(), candidate -> candidate, (one, same) -> one));
        Selection anyone = first.among(offer, nowNanos);
        return choice -> choice.key() == null ? anyone.pick(choice) : pick(byId, anyone, choice.key(), choice);
    }

    private @Nullable Candidate pick(Map<String, Candidate> byId, Selection anyone, Object key, Choice choice) {
        String home = homes.of(key);
        Candidate there = home == null ? null : byId.get(home);
        if (there != null && !choice.excluded().test(there)) {
            return there;
        }
        Candidate next = anyone.pick(choice);
        if (next == null || there != null) {
            return next;
        }
        String settled = homes.settle(key, home, next.instance().id());
        Candidate agreed = byId.get(settled); // two calls of a new key at once end at the same place
        return agreed == null || choice.excluded().test(agreed) ? next : agreed;
    }
}
