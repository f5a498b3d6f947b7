package io.steadfast.resilience4j.properties;

import static io.steadfast.resilience4j.properties.KeyRule.as;
import static io.steadfast.resilience4j.properties.KeyRule.resolved;
import static io.steadfast.resilience4j.properties.KeyRule.same;
import static io.steadfast.resilience4j.properties.KeyRule.unread;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What each key of resilience4j 2.4.0 means here. The guide's tables are these rules, and a test holds both against resilience4j's
 * own classes.
 */
final class KeyRules {

    private static final String INHERITS = "What it names is merged in, as resilience4j does it.";

    private static final String OWN_EXCEPTIONS =
            "Causes are looked at too; resilience4j's own refusals and `TimeoutException` also stand for ours.";

    private static final String NOT_ANSWERED =
            "What is ignored, or is caused by it, is not answered by a fallback either, unless its"
                    + " method takes that class; resilience4j's own refusals and `TimeoutException` also stand for ours.";

    private static final String TO_BE_ANSWERED =
            "To have it answered: `resilience.fallback.instances.<name>.exceptions: java.lang.Exception`.";

    private static final KeyRule BUFFER =
            resolved("event-consumer-buffer-size", "Read as it is, by the endpoints of events.");

    private static final KeyRule HEALTH =
            resolved("register-health-indicator", "Read as it is, by the health indicators.");

    private static final KeyRule HEALTH_FAILS =
            resolved("allow-health-indicator-to-fail", "Read as it is, by the health indicators.");

    private static final KeyRule NO_STACK_TRACE =
            unread("writable-stack-trace-enabled", "Our refusals of this kind never record a stack trace.");

    private static final Set<ForeignPolicy> NONE = Set.of(ForeignPolicy.TIMER);

    private KeyRules() {}

    /** The keys of an instance or a config. */
    static List<KeyRule> of(ForeignPolicy policy) {
        return switch (policy) {
            case CIRCUIT_BREAKER -> circuitBreaker();
            case RETRY -> retry();
            case RATE_LIMITER -> rateLimiter();
            case BULKHEAD -> bulkhead();
            case THREAD_POOL_BULKHEAD -> threadPool();
            case TIME_LIMITER -> timeLimiter();
            case TIMER -> timer();
        };
    }

    /** The keys of a policy's section beside its instances and configs. */
    static List<KeyRule> ofSection(ForeignPolicy policy) {
        List<KeyRule> rules = new ArrayList<>();
        for (String key : policy.ownKeys()) {
            rules.add(ofSection(policy, key));
        }
        return rules;
    }

    /** Keys that belong to no policy. */
    static List<KeyRule> elsewhere() {
        String threads = "There is no pool of threads to size: waiting calls hold none, and time is kept by one timer.";
        return List.of(
                unread("scheduled.executor.core-pool-size", threads),
                unread(
                        "scheduled.executor.context-propagators",
                        "Context is carried by Micrometer's context-propagation where that is on the class path.",
                        "Register a ThreadLocalAccessor for what the propagator carried."));
    }

    /** The rule for a key as somebody wrote it. */
    static Optional<KeyRule> find(List<KeyRule> rules, String key) {
        return rules.stream()
                .filter(rule -> Spelled.same(rule.key(), key) || isBelow(rule, key))
                .max(Comparator.comparingInt(rule -> rule.key().length()));
    }

    /** A map of free names, such as tags. */
    private static boolean isBelow(KeyRule rule, String key) {
        return rule.key().equals("tags") && Spelled.uniform(key).startsWith("tags.");
    }

    private static KeyRule ofSection(ForeignPolicy policy, String key) {
        if (key.equals(policy.orderKey()) && !NONE.contains(policy)) {
            return as(key, "resilience.order").noting("Lower is further out, as there. The fallback stays outermost.");
        }
        return switch (key) {
            case "tags" ->
                unread(key, "Tags of meters are not read.", "Use `management.metrics.tags` or a MeterFilter.");
            case "metrics.enabled", "metrics.legacy.enabled" ->
                unread(
                        key,
                        "Meters are there where a MeterRegistry is.",
                        "Switch one off with `management.metrics.enable`.");
            default -> unread(key, "A timer has no place in the order: it measures the call.");
        };
    }

    private static List<KeyRule> circuitBreaker() {
        String jitter = "wait-duration-in-open-state, open-jitter";
        return List.of(
                resolved("base-config", INHERITS + " A config with the instance's own name cuts `default` off."),
                same("failure-rate-threshold"),
                same("slow-call-rate-threshold"),
                same("slow-call-duration-threshold"),
                same("sliding-window-type"),
                same("sliding-window-size"),
                same("minimum-number-of-calls").noting("At most the size of a window of calls, as there."),
                same("permitted-number-of-calls-in-half-open-state")
                        .noting("Half-open decides as soon as the verdict cannot change."),
                same("automatic-transition-from-open-to-half-open-enabled"),
                same("max-wait-duration-in-half-open-state").noting("0, without end there, becomes ten years."),
                same("transition-to-state-after-wait-duration"),
                same("initial-state"),
                same("writable-stack-trace-enabled").noting("Off where nothing is said."),
                as(
                        "wait-duration-in-open-state",
                        "wait-duration-in-open-state, max-wait-duration-in-open-state, open-jitter"),
                as("enable-exponential-backoff", "max-wait-duration-in-open-state")
                        .telling("The open time doubles with each trip in a row, whatever the multiplier."),
                unread("exponential-backoff-multiplier", "The open time doubles with each trip in a row."),
                as("exponential-max-wait-duration-in-open-state", "max-wait-duration-in-open-state"),
                as("enable-randomized-wait", jitter).noting("The same range, said from its upper end."),
                as("randomized-wait-factor", jitter),
                same("record-exceptions").noting(OWN_EXCEPTIONS),
                same("ignore-exceptions").telling(NOT_ANSWERED, TO_BE_ANSWERED),
                same("record-failure-predicate").noting("A bean's name is allowed too."),
                same("ignore-exception-predicate").noting("A bean's name is allowed too."),
                same("record-result-predicate").noting("A bean's name is allowed too."),
                resolved("ignore-class-binding-exceptions", "Classes that do not exist are left out of its lists."),
                HEALTH,
                HEALTH_FAILS,
                BUFFER);
    }

    private static List<KeyRule> retry() {
        String jitter = "wait-duration, jitter";
        return List.of(
                resolved("base-config", INHERITS),
                same("max-attempts"),
                as("wait-duration", "wait-duration, backoff, jitter, exponential-max-wait-duration"),
                as("enable-exponential-backoff", "backoff").noting("Without it the wait is fixed."),
                same("exponential-backoff-multiplier").noting("Below 1 is refused."),
                same("exponential-max-wait-duration"),
                as("enable-randomized-wait", jitter).noting("The same range, said from its upper end."),
                as("randomized-wait-factor", jitter),
                same("retry-exceptions").noting(OWN_EXCEPTIONS),
                same("ignore-exceptions").telling(NOT_ANSWERED, TO_BE_ANSWERED),
                same("result-predicate").noting("A bean's name is allowed too."),
                unread(
                        "retry-exception-predicate",
                        "Which exceptions to retry is said by lists only, so this predicate is not asked.",
                        "List the classes in `resilience.retry.instances.<name>.retry-exceptions`."),
                unread(
                        "interval-bi-function",
                        "Waits follow `backoff`, so this function is not asked.",
                        "A failure may say how long to wait by implementing RetryAfter."),
                unread(
                        "consume-result-before-retry-attempt",
                        "Nobody hears of a result that is retried but listeners."),
                unread(
                        "fail-after-max-attempts",
                        "When all attempts gave a result that should have been retried, the caller gets the last one."),
                BUFFER);
    }

    private static List<KeyRule> rateLimiter() {
        return List.of(
                resolved("base-config", INHERITS),
                same("limit-for-period"),
                same("limit-refresh-period"),
                same("timeout-duration"),
                NO_STACK_TRACE,
                unread("subscribe-for-events", "Recent events of each call are in `/actuator/resilience/<call>`."),
                HEALTH,
                unread("allow-health-indicator-to-fail", "A limiter that is used up is never DOWN."),
                BUFFER);
    }

    private static List<KeyRule> bulkhead() {
        return List.of(
                resolved("base-config", INHERITS),
                same("max-concurrent-calls"),
                as("max-wait-duration", "max-wait-duration, queue-capacity")
                        .noting("As many as a million calls may wait, as there is no bound there."),
                NO_STACK_TRACE,
                BUFFER);
    }

    private static List<KeyRule> threadPool() {
        return List.of(
                resolved("base-config", INHERITS),
                as("max-thread-pool-size", "max-concurrent-calls"),
                unread(
                        "core-thread-pool-size",
                        "So many calls as `max-thread-pool-size` says run at a time from the start, not only once the queue"
                                + " is full."),
                as("queue-capacity", "queue-capacity, max-wait-duration")
                        .noting("Who waits, waits as long as it takes."),
                unread("keep-alive-duration", "There are no threads to keep."),
                unread(
                        "context-propagators",
                        "Calls stay on their caller's thread, and stages carry Micrometer's context.",
                        "Register a ThreadLocalAccessor for what the propagator carried."),
                NO_STACK_TRACE,
                BUFFER);
    }

    private static List<KeyRule> timeLimiter() {
        return List.of(
                resolved("base-config", INHERITS),
                as("timeout-duration", "limit"),
                unread("cancel-running-future", "A call that takes too long is always cancelled."),
                BUFFER);
    }

    private static List<KeyRule> timer() {
        return List.of(
                resolved("base-config", "Timers have no settings of ours."),
                unread(
                        "metric-names",
                        "The meter's name is `resilience4j.timer.calls`.",
                        "Rename it with a MeterFilter."),
                unread("on-failure-tag-resolver", "The exception's simple name is the tag."),
                BUFFER);
    }
}
