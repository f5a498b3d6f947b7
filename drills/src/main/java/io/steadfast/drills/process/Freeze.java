package io.steadfast.drills.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A process that has been stopped. The signals are sent by a shell, whose {@code kill} is built in, and which waits in between for
 * its input to end: so the process goes on even if whoever stopped it dies first.
 */
public final class Freeze implements AutoCloseable {

    private static final String SCRIPT = "kill -STOP \"$1\" && echo frozen; read -r _; kill -CONT \"$1\"";

    private final Process shell;

    private Freeze(Process shell) {
        this.shell = shell;
    }

    static Freeze of(long pid) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "sh", String.valueOf(pid)).start();
            if (!"frozen".equals(shell.inputReader().readLine())) {
                throw new IllegalStateException("Process " + pid + " cannot be stopped: "
                        + shell.errorReader().readLine());
            }
            return new Freeze(shell);
        } catch (IOException failure) {
            throw new UncheckedIOException("No shell to stop process " + pid, failure);
        }
    }

    /** Lets it go on. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException ended) {
            // then it has been thawed
        }
        shell.onExit().join();
    }
}
