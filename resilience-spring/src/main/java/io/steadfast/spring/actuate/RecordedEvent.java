package io.steadfast.spring.actuate;

import java.time.Instant;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;

/**
 * An event as it is kept: text only, because a kept exception would keep all that it refers to.
 *
 * @param sequence which came first, within a name
 * @param at when
 * @param kind what happened
 * @param policy to which policy
 * @param call the call, or the instance's name
 * @param detail one line
 */
record RecordedEvent(long sequence, Instant at, Kind kind, PolicyId policy, String call, String detail) {

    /** Whether it concerns every call that uses the policy, whatever name it was told under. */
    boolean isAboutPolicy() {
        return isChange(kind);
    }

    /** Whether the policy is another afterwards. */
    static boolean isChange(Kind kind) {
        return kind == Kind.STATE_CHANGED || kind == Kind.RECONFIGURED || kind == Kind.CHANGED_BY_HAND;
    }
}
