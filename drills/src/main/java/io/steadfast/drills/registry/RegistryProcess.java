package io.steadfast.drills.registry;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.steadfast.drills.process.Lifeline;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** A real ZooKeeper, of one node. It forgets an instance when the session of its process ends. */
public final class RegistryProcess {

    /** Sessions last two ticks at least. */
    private static final int TICK_MILLIS = 500;

    private RegistryProcess() {}

    /**
     * Runs it until the starter ends it.
     *
     * @param arguments the port
     * @throws Exception if it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        Lifeline lifeline = Lifeline.hold(order -> {});
        int port = Integer.parseInt(arguments[0]);
        InstanceSpec node = new InstanceSpec(null, port, -1, -1, true, 1, TICK_MILLIS, -1, Map.of(), "127.0.0.1");
        new TestingServer(node, true);
        lifeline.tell("READY");
        new CountDownLatch(1).await();
    }
}
