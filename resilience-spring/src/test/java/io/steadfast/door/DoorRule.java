package io.steadfast.door;

import java.time.Duration;

import io.steadfast.spring.CallRule;
import io.steadfast.spring.GuardedCallSettings;

/** Who has few places wants to know how long each is taken. */
final class DoorRule implements CallRule {

    @Override
    public void check(GuardedCallSettings call, Findings findings) {
        call.find("door", "places", Integer.class)
                .filter(places -> call.find("timeout", "limit", Duration.class).isEmpty())
                .ifPresent(places -> findings.warn(
                        "nothing bounds how long a place behind the door is taken", "Add a @Timeout.", places));
    }
}
