package io.steadfast.failover.autoconfigure;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Lease;
import io.steadfast.failover.PassedInstance;
import io.steadfast.spring.AttemptArguments;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** The parameters of a method by which it is told where to go. Where the caller passes {@code null}, each attempt gets its instance. */
final class InstanceParameters implements PassedInstance, AttemptArguments {

    private final List<Slot> slots;

    private InstanceParameters(List<Slot> slots) {
        this.slots = List.copyOf(slots);
    }

    /**
     * Looks at a method.
     *
     * @param handovers how to hand an instance over, by type of parameter
     * @throws InvalidGuardException if it has two parameters of one of these types
     */
    static InstanceParameters of(GuardedMethod guarded, List<Handover> handovers) {
        Method method = guarded.method();
        List<Slot> found = new ArrayList<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            Class<?> type = method.getParameterTypes()[i];
            for (Handover handover : handovers) {
                if (handover.type() == type) {
                    refuseSecond(guarded, handover, found);
                    found.add(new Slot(i, handover));
                }
            }
        }
        return new InstanceParameters(found);
    }

    private static void refuseSecond(GuardedMethod guarded, Handover handover, List<Slot> found) {
        if (found.stream().anyMatch(slot -> slot.handover == handover)) {
            throw new InvalidGuardException(
                    "The method has two parameters of type " + handover.type().getSimpleName()
                            + ", so it is not clear which of them is the instance",
                    "@Failover on " + guarded.describe(),
                    "Leave one of them, and put the other into an object or a text.");
        }
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    @Override
    public @Nullable URI passed(Call call) {
        @Nullable Object[] arguments = arguments(call);
        for (Slot slot : slots) {
            Object passed = arguments[slot.position];
            if (passed != null) {
                return slot.handover.addressOf(passed);
            }
        }
        return null;
    }

    /** Not copied, as {@link Call#arguments()} would do. */
    private static @Nullable Object[] arguments(Call call) {
        return call.invocation() instanceof MethodInvocation invocation ? invocation.getArguments() : call.arguments();
    }

    @Override
    public @Nullable Object[] forAttempt(Call call, @Nullable Object[] passed) {
        Lease lease = call.lease();
        if (lease == null) {
            return passed;
        }
        @Nullable Object[] filled = passed;
        for (Slot slot : slots) {
            if (passed[slot.position] == null) {
                filled = filled == passed ? passed.clone() : filled;
                filled[slot.position] = slot.handover.of(lease.instance());
            }
        }
        return filled;
    }

    /** A parameter that takes an instance. */
    private record Slot(int position, Handover handover) {}
}
