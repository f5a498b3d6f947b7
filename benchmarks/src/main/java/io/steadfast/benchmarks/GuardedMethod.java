package io.steadfast.benchmarks;

/** A method of the bean under test, of whatever side. */
@FunctionalInterface
interface GuardedMethod {

    /** The depth of a call that came through a web server, its filters and a dispatcher. */
    int FRAMES_OF_A_REQUEST = 60;

    String call(String id);

    /** Calls it from deep in a stack: a stack trace pays for each frame. */
    default String callUnder(int frames, String id) {
        return frames == 0 ? call(id) : callUnder(frames - 1, id);
    }

    /** Calls it and catches what it throws. */
    default Throwable failure(String id) {
        try {
            call(id);
        } catch (RuntimeException failure) {
            return failure;
        }
        throw new AssertionError("The call was answered, although it should have failed");
    }
}
