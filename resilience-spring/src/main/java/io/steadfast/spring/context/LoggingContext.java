package io.steadfast.spring.context;

import java.util.Map;

import io.micrometer.context.ContextRegistry;
import io.steadfast.core.ContextCarrier.Carried;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What the log says with every line of a thread. Nobody registers it for propagation unless asked to. */
final class LoggingContext {

    /** The key of Micrometer's {@code Slf4jThreadLocalAccessor}. */
    private static final String ACCESSOR = "cp.slf4j";

    private LoggingContext() {}

    /** Whether the application has registered it, perhaps for some keys only. */
    static boolean isRegistered() {
        return ContextRegistry.getInstance().getThreadLocalAccessors().stream()
                .anyMatch(accessor -> ACCESSOR.equals(accessor.key()));
    }

    static Carried capture() {
        Map<String, String> taken = MDC.getCopyOfContextMap();
        return task -> () -> {
            Map<String, String> before = MDC.getCopyOfContextMap();
            replace(taken);
            try {
                task.run();
            } finally {
                replace(before);
            }
        };
    }

    private static void replace(@Nullable Map<String, String> context) {
        if (context == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(context);
        }
    }
}
