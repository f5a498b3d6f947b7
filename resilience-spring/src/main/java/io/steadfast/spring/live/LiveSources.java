package io.steadfast.spring.live;

import java.util.List;

import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.SteeredPolicy;

/** What a feed shows besides what it has heard itself. Asked often, by any thread. */
interface LiveSources {

    /** The guarded calls, ordered by name. */
    List<GuardedCall> calls();

    /** The policies of a call, outermost first, with those that are disabled by hand. */
    List<SteeredPolicy> pipeline(GuardedCall call);

    /** The changes by hand in force. */
    List<LiveChange> changes();

    /** What the application calls itself. */
    String application();

    /** Which of its instances this is, for people to tell them apart. */
    String instance();
}
