package io.steadfast.resilience4j.properties;

import java.time.Duration;
import java.util.Optional;

/** The settings of a retry. */
final class RetryTranslation {

    private static final String WAIT = "wait-duration";

    private static final String BACKOFF = "backoff";

    private static final String MULTIPLIER = "exponential-backoff-multiplier";

    private static final String LONGEST_WAIT = "exponential-max-wait-duration";

    private static final String JITTER = "jitter";

    private static final String FACTOR = "randomized-wait-factor";

    private static final double DEFAULT_MULTIPLIER = 1.5;

    private static final double DEFAULT_FACTOR = 0.5;

    private final Chain chain;

    private final OurSettings ours;

    RetryTranslation(Chain chain, OurSettings ours) {
        this.chain = chain;
        this.ours = ours;
    }

    void translate() {
        Translations.same(chain, ours, "max-attempts", 3);
        waits();
        Translations.exceptions(chain, ours, "retry-exceptions", false);
        Translations.exceptions(chain, ours, "ignore-exceptions", false);
        Optional<Found> predicate = chain.find("result-predicate");
        if (predicate.isPresent()) {
            ours.put("result-predicate", predicate.get().raw(), predicate.get());
        } else {
            ours.neutral("result-predicate", "");
        }
        ours.builtIn("budget.enabled", false);
    }

    private void waits() {
        Optional<Found> wait = chain.find(WAIT);
        if (wait.isEmpty()) {
            ours.builtIn(WAIT, "500ms");
            ours.builtIn(BACKOFF, "fixed");
            ours.builtIn(LONGEST_WAIT, "500ms");
            ours.builtIn(JITTER, "none");
            return;
        }
        Found from = wait.get();
        Optional<Duration> length = from.duration();
        Optional<Found> exponential = inherited(from, "enable-exponential-backoff");
        Optional<Found> randomized = inherited(from, "enable-randomized-wait");
        if (length.isEmpty() || (exponential.isEmpty() && randomized.isEmpty())) {
            ours.put(WAIT, from.raw(), from);
            ours.put(BACKOFF, "fixed", from);
            ours.put(LONGEST_WAIT, from.raw(), from);
            ours.put(JITTER, "none", from);
        } else if (exponential.isEmpty()) {
            fixedAround(length.get(), from, randomized.get());
        } else {
            growing(length.get(), from, exponential.get(), randomized);
        }
    }

    private void fixedAround(Duration length, Found from, Found randomized) {
        Optional<Found> factor = chain.find(FACTOR, from.level(), from.level() + 1);
        Waits waits = Waits.around(length, factor.flatMap(Found::number).orElse(DEFAULT_FACTOR), Waits.LONGEST);
        ours.put(WAIT, Waits.text(waits.longest()), from);
        ours.put(BACKOFF, "fixed", from);
        ours.put(LONGEST_WAIT, Waits.text(waits.longest()), from);
        ours.put(JITTER, waits.jitter(), factor.orElse(randomized));
    }

    /** What resilience4j reads depends on what else is there; what it does not read is not read here either. */
    private void growing(Duration length, Found from, Found exponential, Optional<Found> randomized) {
        Optional<Found> multiplier = chain.find(MULTIPLIER, from.level(), chain.size());
        Optional<Found> factor = chain.find(FACTOR, from.level(), from.level() + 1)
                .filter(any -> randomized.isPresent() && multiplier.isPresent());
        Optional<Found> longest = chain.find(LONGEST_WAIT, from.level(), chain.size())
                .filter(any -> multiplier.isPresent() && (randomized.isEmpty() || factor.isPresent()));
        Duration cap = longest.flatMap(Found::duration).orElse(Waits.LONGEST);
        double spread = randomized.isEmpty() ? 0 : factor.flatMap(Found::number).orElse(DEFAULT_FACTOR);
        Waits waits = Waits.around(length, spread, cap);
        ours.put(WAIT, Waits.text(waits.longest()), from);
        ours.put(BACKOFF, "exponential", exponential);
        ours.put(MULTIPLIER, multiplier.map(Found::raw).orElse(DEFAULT_MULTIPLIER), multiplier.orElse(exponential));
        ours.put(LONGEST_WAIT, longest.map(Found::raw).orElse(Waits.ENDLESS), longest.orElse(exponential));
        if (randomized.isPresent()) {
            ours.put(JITTER, waits.jitter(), factor.or(() -> randomized).orElse(from));
        } else {
            ours.put(JITTER, "none", from);
        }
    }

    /** Unlike the wait itself, a switch of a farther level works for a nearer one. */
    private Optional<Found> inherited(Found from, String key) {
        return chain.find(key, from.level(), chain.size()).filter(Found::isTrue);
    }
}
