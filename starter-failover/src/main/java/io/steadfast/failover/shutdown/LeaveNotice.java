package io.steadfast.failover.shutdown;

/**
 * Tells somebody that this application is about to leave: a registry, a load balancer, a message channel. Beans of this type are asked one
 * after the other, in their order, when the application shuts down and has a quiet period; while they are at it, and during the quiet
 * period that follows, requests are still served.
 */
@FunctionalInterface
public interface LeaveNotice {

    /**
     * Whether there is anybody to tell. Asked when the application begins to shut down.
     *
     * @return {@code false} if there is not, for example because the application has not registered itself
     */
    default boolean isDue() {
        return true;
    }

    /**
     * Tells. Runs on a thread that may block; the shutdown waits for all notices together no longer than the quiet period is.
     *
     * @throws Exception if it could not be told, which is logged and stops nothing
     */
    void give() throws Exception;
}
