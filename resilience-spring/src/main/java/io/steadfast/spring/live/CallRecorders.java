package io.steadfast.spring.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** What happened to all calls, for at most {@value #MOST_NAMES} names. Thread-safe. */
final class CallRecorders {

    static final int MOST_NAMES = 1000;

    private static final Log LOGGER = LogFactory.getLog(CallRecorders.class);

    private final Map<String, CallRecorder> recorders = new ConcurrentHashMap<>();

    private final AtomicBoolean complained = new AtomicBoolean();

    /** The recorder of a call that has happened; {@code null} if there are too many already. */
    @Nullable
    CallRecorder of(String name) {
        CallRecorder known = recorders.get(name);
        if (known != null) {
            return known;
        }
        if (recorders.size() >= MOST_NAMES) {
            complain(name);
            return null;
        }
        return recorders.computeIfAbsent(name, added -> new CallRecorder());
    }

    @Nullable
    CallRecorder find(String name) {
        return recorders.get(name);
    }

    Iterable<String> names() {
        return recorders.keySet();
    }

    private void complain(String name) {
        if (complained.compareAndSet(false, true)) {
            LOGGER.warn("Call '" + name + "' is not shown live: " + MOST_NAMES
                    + " names are already. Give pipelines that are built in code fixed names.");
        }
    }
}
