package io.steadfast.resilience4j.autoconfigure;

import java.util.List;

import io.steadfast.resilience4j.Differences;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Says once what the application has and what means something else here. */
final class DifferenceLog implements SmartInitializingSingleton {

    private static final Log LOGGER = LogFactory.getLog(DifferenceLog.class);

    private final Differences differences;

    DifferenceLog(Differences differences) {
        this.differences = differences;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> lines = differences.drain();
        if (!lines.isEmpty()) {
            LOGGER.warn(lines.size()
                    + " things of this application mean something else than in the library it was written for"
                    + " (guide: from-resilience4j):\n - " + String.join("\n - ", lines));
        }
    }
}
