package io.steadfast.failover.pick;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Chooses which of many instances serves the next request. What must last when instances come and go (a position in the round, who
 * sticks to whom) is the picker's; what follows from the present candidates is its {@link Selection}'s. One picker serves one pool.
 * {@link Pickers} has those that come with the library.
 */
public interface Picker {

    /**
     * Prepares to choose among these. Called whenever the candidates, or whether they are available, or their shares of traffic, have
     * changed; never on the way of a call. One call at a time; earlier selections may be in use meanwhile.
     *
     * @param offer whom to choose among
     * @param nowNanos the pool's clock
     * @return chooses among them from now on; thread-safe
     */
    Selection among(Offer offer, long nowNanos);

    /**
     * Whom to choose among.
     *
     * @param candidates those that may be chosen: those in service, or all of them where the pool is in panic; at least one, in an
     *     order that does not depend on the registry's
     * @param members all instances of the pool, in service or not, those that may be chosen among them: by these a picker sees what
     *     is missing, for example in its zone
     */
    record Offer(List<? extends Candidate> candidates, List<? extends Candidate> members) {

        /**
         * Copies the lists.
         *
         * @param candidates those that may be chosen
         * @param members all instances of the pool
         */
        public Offer {
            candidates = List.copyOf(candidates);
            members = List.copyOf(members);
            if (candidates.isEmpty()) {
                throw new IllegalArgumentException("A picker needs at least one candidate");
            }
        }

        /**
         * An offer of a pool of which all are in service.
         *
         * @param candidates those that may be chosen, and all there are
         */
        public Offer(List<? extends Candidate> candidates) {
            this(candidates, candidates);
        }
    }

    /** Chooses among a fixed set of candidates. */
    @FunctionalInterface
    interface Selection {

        /**
         * Chooses.
         *
         * @param choice what is to be respected
         * @return whom; {@code null} if all that may have traffic are excluded. A candidate of the weight 0 may have none unless all
         *     candidates have that weight
         */
        @Nullable
        Candidate pick(Choice choice);
    }

    /**
     * One choice.
     *
     * @param excluded who has been tried before; most calls exclude nobody, and none more than a few
     * @param key what the call is about, for pickers that send the same key to the same instance; {@code null} if nobody said
     * @param nowNanos the pool's clock
     */
    record Choice(
            Predicate<? super Candidate> excluded, @Nullable Object key, long nowNanos) {}
}
