package io.steadfast.core;

/** A step of a pipeline that blocks no thread: the outcome is handed on when it is there. */
interface AsyncStep {

    /**
     * Runs this step and all inside it. Throws nothing but what those who hear of the outcome throw; {@code then} hears of the outcome exactly once.
     */
    void run(AsyncCall call, Completion then);
}
