package io.steadfast.samples.failover.show;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** One instance of the stock service: always at the same port, each time another process. */
public final class StockProcess implements AutoCloseable {

    private final String name;

    private final String registry;

    private final int port = freePort();

    private Process process;

    private Process freeze;

    StockProcess(String name, String registry) {
        this.name = name;
        this.registry = registry;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** Starts it with the Java and the class path of this process, and little memory. */
    CompletableFuture<Void> start() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.steadfast.samples.failover.stock.StockApplication",
                            "--instance.name=" + name,
                            "--server.port=" + port,
                            "--spring.cloud.zookeeper.connect-string=" + registry)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " does not start", failure);
        }
        Process started = process;
        return CompletableFuture.runAsync(() -> awaitReady(started), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void awaitReady(Process started) {
        boolean ready = started.inputReader().lines().anyMatch("READY"::equals);
        if (!ready) {
            throw new IllegalStateException(name + " has ended before it was ready");
        }
    }

    /** SIGKILL: no good-bye. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM: it says that it leaves, serves what it is asked meanwhile, and ends. */
    CompletableFuture<Process> leave() {
        process.destroy();
        return process.onExit();
    }

    /** SIGSTOP. The shell sends SIGCONT when its own input ends, so also if this process dies. */
    void freeze() {
        try {
            freeze = new ProcessBuilder(
                            "sh", "-c", "kill -STOP $1; read -r _; kill -CONT $1", "sh", String.valueOf(process.pid()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("No shell to freeze " + name, failure);
        }
    }

    void thaw() {
        try {
            freeze.getOutputStream().close();
        } catch (IOException ended) {
            // then it has been thawed
        }
    }

    void err(boolean now) {
        try {
            process.getOutputStream().write(now ? 'E' : 'W');
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " does not listen", failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
