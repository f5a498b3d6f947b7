package io.steadfast.spring.events;

import java.util.Map;

import org.springframework.util.ClassUtils;

/** A log whose lines have fields beside their text, where the logging system knows such. */
interface EventLog {

    /** How much a line matters. */
    enum Level {
        DEBUG,
        INFO,
        WARN
    }

    boolean isDebugEnabled();

    void write(Level level, String line, Map<String, String> fields);

    /** SLF4J has fields, for Spring Boot's structured logging for example; where it does not log, the text alone has to do. */
    static EventLog named(String name) {
        if (ClassUtils.isPresent("org.slf4j.spi.LoggingEventBuilder", EventLog.class.getClassLoader())) {
            EventLog log = FieldLog.named(name);
            if (log != null) {
                return log;
            }
        }
        return TextLog.named(name);
    }
}
