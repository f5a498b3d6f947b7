package io.steadfast.timeout.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.steadfast.core.SettingsCheck;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.GuardedCallSettings;
import io.steadfast.spring.GuardedCallSettings.Setting;
import io.steadfast.timeout.TimeoutPolicy;

/**
 * Looks whether what a call may spend fits into the time it has: its attempts, its retries and its waits. What was chosen and
 * can never happen is refused; a wait that would merely be cut short is warned of, because calls with more time may share it.
 */
final class TimesThatFit implements CallRule {

    private static final String TIMEOUT = TimeoutPolicy.KIND;

    private static final String RETRY = "retry";

    /** The settings that say how long to wait to be let in, by policy. */
    private static final List<WaitSetting> WAITS = List.of(
            new WaitSetting("rate-limiter", "timeout-duration", "a permit of the rate limiter"),
            new WaitSetting("bulkhead", "max-wait-duration", "a place in the bulkhead"));

    @Override
    public void check(GuardedCallSettings call, Findings findings) {
        Optional<Setting<Duration>> limit = call.find(TIMEOUT, "limit", Duration.class);
        Optional<Setting<Duration>> total = call.find(TIMEOUT, "total", Duration.class);
        if (total.isPresent()) {
            limit.ifPresent(one -> checkAttempt(one, total.get(), findings));
            if (isAround(TimeoutPolicy.TOTAL, RETRY, call)) {
                limit.ifPresent(one -> checkAttempts(one, total.get(), call, findings));
                checkRetries(total.get(), call, findings);
            }
        }
        checkPlaces(limit, total, call, findings);
        WAITS.forEach(wait -> checkWait(wait, call, findings));
    }

    /** An order of the user's own may turn the two around; then they do not what their names say. */
    private static void checkPlaces(
            Optional<Setting<Duration>> limit,
            Optional<Setting<Duration>> total,
            GuardedCallSettings call,
            Findings findings) {
        if (limit.isPresent() && isAround(TimeoutPolicy.KIND, RETRY, call)) {
            findings.warn(
                    "the order has timeout outside retry, so limit bounds all attempts together and not each one",
                    "Put timeout inside retry in the order, and bound all attempts by total.",
                    limit.get());
        }
        if (total.isPresent() && isAround(RETRY, TimeoutPolicy.TOTAL, call)) {
            findings.warn(
                    "the order has timeout.total inside retry, so total bounds each attempt and not all together",
                    "Put timeout.total outside retry in the order, and bound each attempt by limit.",
                    total.get());
        }
    }

    private static void checkAttempt(Setting<Duration> limit, Setting<Duration> total, Findings findings) {
        if (limit.isChosen() && isLonger(limit, total)) {
            findings.refuse(
                    "one attempt may take " + text(limit) + ", but all of them together only " + text(total),
                    "Raise total to " + text(limit) + " or more, or lower limit, or remove one of them.",
                    limit,
                    total);
        }
    }

    private static void checkAttempts(
            Setting<Duration> limit, Setting<Duration> total, GuardedCallSettings call, Findings findings) {
        if (!limit.isChosen() || !total.isChosen() || isLonger(limit, total)) {
            return;
        }
        AttemptsWithin fit = new AttemptsWithin(total.value(), limit.value());
        call.find(RETRY, "max-attempts", Integer.class)
                .filter(attempts -> attempts.value() > fit.most())
                .ifPresent(attempts -> findings.refuse(
                        attempts.value() + " attempts of up to " + text(limit) + " each may take "
                                + SettingsCheck.text(fit.needed(attempts.value()))
                                + ", waits not counted, but the call is"
                                + " over after " + text(total) + ": only " + attempts(fit.most()) + " to the end",
                        "Set the retry's max-attempts to " + fit.most() + ", or total to "
                                + SettingsCheck.text(fit.needed(attempts.value())) + " or more, or limit to "
                                + SettingsCheck.text(fit.longestLimit(attempts.value())) + " or less.",
                        attempts,
                        limit,
                        total));
    }

    private static void checkRetries(Setting<Duration> total, GuardedCallSettings call, Findings findings) {
        call.find(RETRY, "max-duration", Duration.class)
                .filter(longest -> isLonger(longest, total))
                .ifPresent(longest -> findings.refuse(
                        "retries may start until " + text(longest) + " after the call did, but the call is over after "
                                + text(total),
                        "Remove the retry's max-duration, because total bounds retries too; or set it to " + text(total)
                                + " or less; or raise total.",
                        longest,
                        total));
        call.find(RETRY, "wait-duration", Duration.class)
                .filter(wait -> isRetrying(call) && !isLonger(total, wait))
                .ifPresent(wait -> {
                    String what = "the wait before the first retry may be " + text(wait)
                            + ", but the call is over after " + text(total) + ", so it may never be retried";
                    String action = "Set the retry's wait-duration to a part of total, or raise total.";
                    if (wait.isChosen()) {
                        findings.refuse(what, action, wait, total);
                    } else {
                        findings.warn(what, action, wait, total);
                    }
                });
    }

    private static boolean isRetrying(GuardedCallSettings call) {
        return call.find(RETRY, "max-attempts", Integer.class)
                .filter(attempts -> attempts.value() > 1)
                .isPresent();
    }

    private static void checkWait(WaitSetting setting, GuardedCallSettings call, Findings findings) {
        Optional<Setting<Duration>> wait =
                call.find(setting.policy(), setting.key(), Duration.class).filter(Setting::isChosen);
        Optional<Setting<Duration>> bound = shortestAround(setting.policy(), call);
        if (wait.isPresent() && bound.isPresent() && !isLonger(bound.get(), wait.get())) {
            findings.warn(
                    "it may wait " + text(wait.get()) + " for " + setting.what() + ", but its "
                            + bound.get().key() + " is " + text(bound.get())
                            + ", where the wait ends and the call is refused",
                    "Lower " + setting.key() + ", or raise " + bound.get().key()
                            + "; all is well if calls with more time share this " + setting.policy() + ".",
                    wait.get(),
                    bound.get());
        }
    }

    /** Of the limits around a policy the one that is reached first. */
    private static Optional<Setting<Duration>> shortestAround(String policy, GuardedCallSettings call) {
        Optional<Setting<Duration>> limit =
                call.find(TIMEOUT, "limit", Duration.class).filter(set -> isAround(TimeoutPolicy.KIND, policy, call));
        Optional<Setting<Duration>> total =
                call.find(TIMEOUT, "total", Duration.class).filter(set -> isAround(TimeoutPolicy.TOTAL, policy, call));
        return limit.isPresent() ? limit : total; // together, the limit of an attempt is the shorter one
    }

    private static boolean isAround(String outer, String inner, GuardedCallSettings call) {
        int place = call.places().indexOf(outer);
        return place >= 0 && place < call.places().indexOf(inner);
    }

    private static boolean isLonger(Setting<Duration> one, Setting<Duration> other) {
        return one.value().compareTo(other.value()) > 0;
    }

    private static String text(Setting<Duration> setting) {
        return SettingsCheck.text(setting.value());
    }

    private static String attempts(long number) {
        return number == 1 ? "1 attempt gets" : number + " attempts get";
    }

    /**
     * Where a policy says how long to wait.
     *
     * @param policy its section
     * @param key the key
     * @param what what is waited for
     */
    private record WaitSetting(String policy, String key, String what) {}
}
