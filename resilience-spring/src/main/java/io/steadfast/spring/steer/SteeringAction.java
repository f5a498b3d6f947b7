package io.steadfast.spring.steer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.steadfast.core.Steering;
import io.steadfast.spring.Spelling;
import org.jspecify.annotations.Nullable;

/** What an operator may ask for. */
enum SteeringAction {
    FORCE_OPEN(Steering.FORCE_OPEN),
    FORCE_CLOSED(Steering.FORCE_CLOSED),
    RESET(Steering.RESET),
    DISABLE(null),
    ENABLE(null),
    CHANGE(null),
    UNDO(null);

    /** What the policy itself is asked to do; {@code null} if properties are changed, which every policy understands. */
    private final @Nullable Steering steering;

    SteeringAction(@Nullable Steering steering) {
        this.steering = steering;
    }

    @Nullable
    Steering steering() {
        return steering;
    }

    /** Whether it makes a change that lasts. */
    boolean lasts() {
        return this != RESET && this != UNDO;
    }

    void refuseWhatMakesNoSense(ChangeRequest request) {
        if (!lasts() && request.time() != null) {
            throw new ChangeRefusedException("'for' makes no sense with " + this + ", which does not last.");
        }
        if (this != CHANGE && this != UNDO && !request.values().isEmpty()) {
            throw new ChangeRefusedException(
                    "'values' makes no sense with " + this + ": settings are changed by the action change.");
        }
    }

    static SteeringAction parse(@Nullable String text) {
        for (SteeringAction action : values()) {
            if (action.toString().equalsIgnoreCase(text)) {
                return action;
            }
        }
        String known = Arrays.stream(values()).map(SteeringAction::toString).collect(Collectors.joining(", "));
        if (text == null) {
            throw new ChangeRefusedException("The request has no action: say one of " + known + ".");
        }
        throw new ChangeRefusedException("There is no action '" + text + "': "
                + Spelling.nearest(
                                text,
                                Arrays.stream(values())
                                        .map(SteeringAction::toString)
                                        .toList())
                        .map(near -> "did you mean " + near + "?")
                        .orElse("say one of " + known + "."));
    }

    /** As requests spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
