package io.steadfast.fallback;

import java.util.Objects;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.FailureFilter;
import io.steadfast.core.IgnoredFailures;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Recovery;
import io.steadfast.core.SettingsCheck;
import io.steadfast.core.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Answers instead of a failure.
 *
 * <p>Without a list it answers for every failure, refusals of other policies included, but not for what an
 * {@link io.steadfast.core.OutcomeReader} takes for the caller's own doing, unless the substitute
 * {@linkplain Substitute#suitsCallersOwn is meant for it}. A {@link VirtualMachineError} is
 * never answered for, however it is listed: a JVM that is out of memory must not look healthy. Thread-safe, without state,
 * and free of cost for calls that succeed.
 */
public final class FallbackPolicy implements Recovery {

    /** The kind of policy, as in properties, meters and the order. */
    public static final String POLICY = "fallback";

    private final PolicyId id;

    private final FailureFilter filter;

    private final Substitute substitute;

    /**
     * A fallback for some failures.
     *
     * @param id kind and instance
     * @param filter which failures to answer for; {@link FailureFilter#NONE} for every one
     * @param substitute makes the answer
     * @throws InvalidSettingsException if the filter contradicts itself, or lists what never reaches a fallback
     */
    public FallbackPolicy(PolicyId id, FailureFilter filter, Substitute substitute) {
        this.id = Objects.requireNonNull(id, "id");
        this.filter = checked(filter);
        this.substitute = Objects.requireNonNull(substitute, "substitute");
    }

    /**
     * A fallback for every failure.
     *
     * @param instance the instance's name in events and meters
     * @param substitute makes the answer
     * @return the policy
     */
    public static FallbackPolicy of(String instance, Substitute substitute) {
        return new FallbackPolicy(new PolicyId(POLICY, instance), FailureFilter.NONE, substitute);
    }

    /**
     * The fallback that takes this one's place when settings have changed: the same answers, for other failures.
     *
     * @param next which failures to answer for
     * @return the policy, of the same kind and instance
     * @throws InvalidSettingsException if the filter contradicts itself, or lists what never reaches a fallback
     */
    public FallbackPolicy successor(FailureFilter next) {
        return new FallbackPolicy(id, next, substitute);
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure) {
        if (failure == null
                || failure instanceof VirtualMachineError
                || !filter.concerns(failure, any -> !isCallersOwn(call, any) || substitute.suitsCallersOwn(any))
                || !substitute.suits(failure)) {
            return Verdict.keep();
        }
        return Verdict.instead(() -> substitute.answer(call, failure));
    }

    /**
     * What the caller did wrong, and what another policy of the call ignores, is for the caller to hear, unless somebody lists it, or
     * answers for such failures knowingly. Refusals are no doing of the caller, whoever does not care for them.
     */
    private static boolean isCallersOwn(Call call, Throwable failure) {
        if (failure instanceof CallRejectedException) {
            return false;
        }
        IgnoredFailures ignored = call.trait(IgnoredFailures.class);
        if (ignored != null && ignored.contain(failure)) {
            return true;
        }
        Diagnosis diagnosis = call.diagnose(null, failure);
        return diagnosis != null && diagnosis.kind() == Diagnosis.Kind.CALLERS_OWN;
    }

    private static FailureFilter checked(FailureFilter filter) {
        SettingsCheck check = new SettingsCheck();
        for (Class<? extends Throwable> included : filter.includes()) {
            check.that(
                    !VirtualMachineError.class.isAssignableFrom(included)
                            && !InterruptedException.class.isAssignableFrom(included),
                    "must not list " + included.getName() + ", which never reaches a fallback",
                    "exceptions");
            for (Class<? extends Throwable> excluded : filter.excludes()) {
                check.that(
                        !excluded.isAssignableFrom(included),
                        "contradict each other: " + included.getName() + " is listed, but " + excluded.getName()
                                + " is ignored, and ignoring wins",
                        "exceptions",
                        "ignore-exceptions");
            }
        }
        check.refuseIfWrong();
        return filter;
    }
}
