package io.steadfast.spring.events;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.spi.LoggingEventBuilder;

/** Lines with fields. */
record FieldLog(Logger log) implements EventLog {

    /** {@code null} if SLF4J is there, but leads nowhere. */
    static @Nullable FieldLog named(String name) {
        Logger log = LoggerFactory.getLogger(name);
        return log instanceof NOPLogger ? null : new FieldLog(log);
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void write(Level level, String line, Map<String, String> fields) {
        LoggingEventBuilder event = log.atLevel(org.slf4j.event.Level.valueOf(level.name()));
        for (Map.Entry<String, String> field : fields.entrySet()) {
            event = event.addKeyValue(field.getKey(), field.getValue());
        }
        event.log(line);
    }
}
