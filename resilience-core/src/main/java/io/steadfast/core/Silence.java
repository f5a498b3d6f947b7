package io.steadfast.core;

/** The listener that hears nothing. */
enum Silence implements ResilienceListener {
    NONE;

    @Override
    public boolean hearsCalls() {
        return false;
    }

    @Override
    public boolean hears(PolicyEvent.Kind kind) {
        return false;
    }
}
