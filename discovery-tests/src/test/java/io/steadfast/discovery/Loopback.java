package io.steadfast.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Where everything in these tests listens. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {}

    /**
     * A port that is free now, for servers that must come back at the port they had. Below those that the system lends to clients
     * and to port 0, so that nobody is given it while the server is away.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another one
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
