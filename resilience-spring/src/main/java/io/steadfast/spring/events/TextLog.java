package io.steadfast.spring.events;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Lines of text. */
record TextLog(Log log) implements EventLog {

    static TextLog named(String name) {
        return new TextLog(LogFactory.getLog(name));
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void write(Level level, String line, Map<String, String> fields) {
        switch (level) {
            case DEBUG -> log.debug(line);
            case INFO -> log.info(line);
            case WARN -> log.warn(line);
        }
    }
}
