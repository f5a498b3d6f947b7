package io.steadfast.drills.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A JVM with the class path of this one, small, tied to this process by a {@link Lifeline}. It says {@code READY} when it is, and
 * everything else it says is handed on.
 */
public final class JavaProcess implements AutoCloseable {

    private static final String READY = "READY";

    private static final long START_SECONDS = 120;

    /** Little memory, one collector thread, one compiler: many of them share a machine, and most of them live for seconds. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");

    private final String name;

    private final Path log;

    private final Process process;

    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private JavaProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a process; does not wait until it is ready.
     *
     * @param name what it is called, also its log in {@code target/drills}
     * @param heap its heap, for example {@code 64m}
     * @param main its main class, by name: loading it here would load what it needs
     * @param arguments for its main method
     * @param news is given the lines it sends
     * @return the process
     */
    public static JavaProcess start(
            String name, String heap, String main, List<String> arguments, Consumer<String> news) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.add("-Xmx" + heap);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        Path log = Path.of("target", "drills", name + ".log");
        try {
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            JavaProcess started = new JavaProcess(name, log, process);
            started.readEverything(news);
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot start " + name, failure);
        }
    }

    private void readEverything(Consumer<String> news) {
        Thread reader = new Thread(() -> read(news), "news of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Consumer<String> news) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(READY)) {
                    ready.complete(null);
                } else {
                    news.accept(line);
                }
            }
        } catch (IOException ended) {
            // killed
        }
        ready.completeExceptionally(new IllegalStateException(name + " ended; its log is " + log.toAbsolutePath()));
    }

    /** Waits until it is ready; fails if it ends before. */
    public void awaitReady() {
        try {
            ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(name + " does not get ready; its log is " + log.toAbsolutePath(), late);
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stop);
        }
    }

    /**
     * Sends it a line.
     *
     * @param line the line
     */
    public void order(String line) {
        try {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(name + " is gone", gone);
        }
    }

    /** Its id. */
    long pid() {
        return process.pid();
    }

    /** Ends it without a warning: SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks it to end: SIGTERM. Does not wait. */
    public void askToEnd() {
        process.destroy();
    }

    /** Waits until it has ended by itself, half a minute at most, and then ends it. */
    public void awaitEnd() {
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            kill();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /**
     * Freezes it: SIGSTOP.
     *
     * @return thaws it when closed, and also when this process dies
     */
    public Freeze freeze() {
        return Freeze.of(process.pid());
    }

    /** Ends it, also if it is frozen. */
    @Override
    public void close() {
        kill();
    }
}
