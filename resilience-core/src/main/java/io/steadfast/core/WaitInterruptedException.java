package io.steadfast.core;

/** The caller was interrupted while it waited to be let in. Its thread keeps the interrupt flag. */
final class WaitInterruptedException extends CallRejectedException {

    WaitInterruptedException(String callName, InterruptedException interrupt) {
        super(callName, null);
        initCause(interrupt);
    }

    @Override
    protected String reason() {
        return "its thread was interrupted while it waited";
    }
}
