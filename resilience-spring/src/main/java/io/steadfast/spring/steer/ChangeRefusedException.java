package io.steadfast.spring.steer;

import java.util.List;

/** A change that cannot be made. Nothing has been changed. */
public final class ChangeRefusedException extends RuntimeException {

    /** Why not. */
    private final transient List<String> reasons;

    /**
     * Refuses a change.
     *
     * @param reasons why, each one sentence or two; at least one
     */
    public ChangeRefusedException(List<String> reasons) {
        super(String.join("\n", reasons));
        this.reasons = List.copyOf(reasons);
    }

    ChangeRefusedException(String reason) {
        this(List.of(reason));
    }

    /**
     * Why not.
     *
     * @return the reasons, for an operator to read
     */
    public List<String> reasons() {
        return reasons;
    }
}
