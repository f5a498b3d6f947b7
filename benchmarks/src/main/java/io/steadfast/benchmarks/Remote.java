package io.steadfast.benchmarks;

/** The service behind every guarded method. Answers at once with what it was asked, so that only the guards cost. */
public final class Remote {

    /** What a fallback answers. */
    static final String UNKNOWN = "unknown";

    private boolean down;

    private int failures;

    String ask(String id) {
        if (down) {
            failures++;
            throw new IllegalStateException("The remote service is down");
        }
        return id;
    }

    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    /** How often it was asked in vain. */
    int failures() {
        return failures;
    }
}
