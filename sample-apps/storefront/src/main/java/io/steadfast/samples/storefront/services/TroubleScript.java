package io.steadfast.samples.storefront.services;

import java.util.List;
import java.util.Locale;

/** One minute of trouble, told over and over: each kind of failure gets its turn, and each service recovers. */
final class TroubleScript {

    /** After this many seconds it begins again. */
    static final int SECONDS = 60;

    /** When the noisy neighbour comes. */
    static final int CRAWLER_COMES = 41;

    /** When the noisy neighbour has had enough. */
    static final int CRAWLER_LEAVES = 49;

    private static final List<Step> STEPS = List.of(
            new Step(5, Service.CATALOGUE, Mood.OVERLOADED),
            new Step(5, Service.STOCK, Mood.DROPPING),
            new Step(14, Service.CATALOGUE, Mood.WELL),
            new Step(14, Service.STOCK, Mood.WELL),
            new Step(15, Service.RECOMMENDATIONS, Mood.SLOW),
            new Step(20, Service.RECOMMENDATIONS, Mood.DEAD),
            new Step(25, Service.RECOMMENDATIONS, Mood.WELL),
            new Step(31, Service.PRICE, Mood.HANGING),
            new Step(36, Service.PRICE, Mood.WELL),
            new Step(51, Service.CATALOGUE, Mood.RESTARTING),
            new Step(52, Service.CATALOGUE, Mood.WELL));

    private TroubleScript() {}

    /** What changes in this second after the start. */
    static List<Step> at(long second) {
        return STEPS.stream().filter(step -> step.second() == second % SECONDS).toList();
    }

    /**
     * A change.
     *
     * @param second when, in seconds from the beginning of the script
     * @param service what changes
     * @param mood how it behaves from then on
     */
    record Step(int second, Service service, Mood mood) {

        @Override
        public String toString() {
            return service.name().toLowerCase(Locale.ROOT) + " " + mood;
        }
    }
}
