package io.steadfast.resilience4j.properties;

import java.time.Duration;
import java.util.Optional;

/** The settings of a circuit breaker. */
final class BreakerTranslation {

    private static final String WAIT = "wait-duration-in-open-state";

    private static final String LONGEST_WAIT = "max-wait-duration-in-open-state";

    private static final String JITTER = "open-jitter";

    /** resilience4j lets nothing through while it waits. */
    private static final String PROBES = "probe-interval-in-open-state";

    private static final int MINIMUM_CALLS = 100;

    private static final int WINDOW = 100;

    private static final double DEFAULT_FACTOR = 0.5;

    private final Chain chain;

    private final OurSettings ours;

    BreakerTranslation(Chain chain, OurSettings ours) {
        this.chain = chain;
        this.ours = ours;
    }

    void translate() {
        same("failure-rate-threshold", 50);
        same("slow-call-rate-threshold", 100);
        same("slow-call-duration-threshold", "60s");
        same("sliding-window-type", "count_based");
        same("sliding-window-size", WINDOW);
        minimumCalls();
        same("permitted-number-of-calls-in-half-open-state", 10);
        same("automatic-transition-from-open-to-half-open-enabled", false);
        halfOpenWait();
        same("transition-to-state-after-wait-duration", "open");
        same("initial-state", "closed");
        chain.find("writable-stack-trace-enabled")
                .ifPresent(found -> ours.put("writable-stack-trace-enabled", found.raw(), found));
        openTime();
        boolean leaveOut = chain.find("ignore-class-binding-exceptions")
                .filter(Found::isTrue)
                .isPresent();
        Translations.exceptions(chain, ours, "record-exceptions", leaveOut);
        Translations.exceptions(chain, ours, "ignore-exceptions", leaveOut);
        predicate("record-failure-predicate", "record-exceptions", leaveOut);
        predicate("ignore-exception-predicate", "ignore-exceptions", leaveOut);
        predicate("record-result-predicate", "", leaveOut);
    }

    private void same(String key, Object builtIn) {
        Translations.same(chain, ours, key, builtIn);
    }

    /** Never more than a window of calls holds. */
    private void minimumCalls() {
        String key = "minimum-number-of-calls";
        boolean byCalls = chain.find("sliding-window-type")
                        .filter(type -> !Spelled.same(type.text(), "TIME_BASED"))
                        .isPresent()
                || chain.find("sliding-window-type").isEmpty();
        Optional<Found> size = chain.find("sliding-window-size");
        Optional<Found> minimum = chain.find(key);
        double window = size.flatMap(Found::number).orElse((double) WINDOW);
        double calls = minimum.flatMap(Found::number).orElse((double) MINIMUM_CALLS);
        if (byCalls && calls > window && size.isPresent()) {
            ours.put(key, size.get().raw(), size.get());
        } else if (byCalls && calls > window) {
            ours.builtIn(key, WINDOW);
        } else {
            same(key, MINIMUM_CALLS);
        }
    }

    private void halfOpenWait() {
        String key = "max-wait-duration-in-half-open-state";
        Optional<Found> bounded = chain.find(key)
                .filter(found -> found.duration().filter(Duration::isZero).isEmpty());
        if (bounded.isPresent()) {
            ours.put(key, bounded.get().raw(), bounded.get());
        } else {
            ours.builtIn(key, Waits.ENDLESS);
        }
    }

    /** The level that says how long says all about it: nothing of this is inherited by itself. */
    private void openTime() {
        ours.builtIn(PROBES, 0);
        Optional<Found> wait = chain.find(WAIT);
        Optional<Duration> length = wait.flatMap(Found::duration);
        if (wait.isEmpty()) {
            ours.builtIn(WAIT, "60s");
            ours.builtIn(LONGEST_WAIT, "60s");
            ours.builtIn(JITTER, 0);
            return;
        }
        Found from = wait.get();
        Optional<Found> exponential = beside(from, "enable-exponential-backoff").filter(Found::isTrue);
        Optional<Found> randomized = beside(from, "enable-randomized-wait").filter(Found::isTrue);
        if (length.isPresent() && exponential.isPresent()) {
            Optional<Found> longest = beside(from, "exponential-max-wait-duration-in-open-state")
                    .filter(any ->
                            beside(from, "exponential-backoff-multiplier").isPresent());
            Duration cap = longest.flatMap(Found::duration).orElse(Waits.LONGEST);
            ours.put(WAIT, Waits.text(length.get().compareTo(cap) > 0 ? cap : length.get()), from);
            ours.put(LONGEST_WAIT, longest.map(Found::raw).orElse(Waits.ENDLESS), longest.orElse(exponential.get()));
            ours.put(JITTER, 0, from);
        } else if (length.isPresent() && randomized.isPresent()) {
            Optional<Found> factor = beside(from, "randomized-wait-factor");
            Waits waits =
                    Waits.around(length.get(), factor.flatMap(Found::number).orElse(DEFAULT_FACTOR), Waits.LONGEST);
            ours.put(WAIT, Waits.text(waits.longest()), from);
            ours.put(LONGEST_WAIT, Waits.text(waits.longest()), from);
            ours.put(JITTER, waits.jitter(), factor.orElse(randomized.get()));
        } else {
            ours.put(WAIT, from.raw(), from);
            ours.put(LONGEST_WAIT, from.raw(), from);
            ours.put(JITTER, 0, from);
        }
    }

    private Optional<Found> beside(Found other, String key) {
        return chain.find(key, other.level(), other.level() + 1);
    }

    /** A list says the last word over the predicates of farther levels. */
    private void predicate(String key, String list, boolean leaveOut) {
        int until = list.isEmpty()
                ? chain.size()
                : chain.find(list).map(found -> found.level() + 1).orElse(chain.size());
        Optional<Found> found =
                chain.find(key, 0, until).filter(named -> !leaveOut || ExceptionNames.exists(named.text()));
        if (found.isPresent()) {
            ours.put(key, found.get().raw(), found.get());
        } else {
            ours.neutral(key, "");
        }
    }
}
