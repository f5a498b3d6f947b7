package io.steadfast.timeout.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the core logs until this is closed. */
final class CoreLog extends Handler {

    private final Logger logger = Logger.getLogger("io.steadfast.core");

    private final List<String> messages = new CopyOnWriteArrayList<>();

    CoreLog() {
        logger.addHandler(this);
    }

    List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord line) {
        messages.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
