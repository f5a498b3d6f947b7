package io.steadfast.drills.process;

import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process with a child of its own, which it freezes if it is told to. */
final class Nest {

    private Nest() {}

    public static void main(String[] arguments) throws Exception {
        Lifeline lifeline = Lifeline.hold(order -> {});
        JavaProcess child = JavaProcess.start(
                "nestling", "64m", "io.steadfast.drills.registry.RegistryProcess", List.of(freePort()), news -> {});
        child.awaitReady();
        if (arguments[0].equals("frozen")) {
            child.freeze();
        }
        lifeline.tell(String.valueOf(child.pid()));
        lifeline.tell("READY");
        new CountDownLatch(1).await();
    }

    private static String freePort() throws Exception {
        try (ServerSocket probe = new ServerSocket(0)) {
            return String.valueOf(probe.getLocalPort());
        }
    }
}
