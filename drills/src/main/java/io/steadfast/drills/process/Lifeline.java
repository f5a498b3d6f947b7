package io.steadfast.drills.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What ties a process to the one that started it: orders come in by its standard input, and when that ends, because the starter has
 * died, so does this process. News go out by standard output, which belongs to them alone: logs go to standard error.
 */
public final class Lifeline {

    private final PrintStream news;

    private Lifeline(PrintStream news) {
        this.news = news;
    }

    /**
     * Ties this process to its starter. First thing to do in {@code main}.
     *
     * @param orders is given each line that the starter sends
     * @return takes lines for the starter
     */
    public static Lifeline hold(Consumer<String> orders) {
        Lifeline lifeline = new Lifeline(System.out);
        System.setOut(System.err);
        Thread listener = new Thread(() -> listen(orders), "lifeline");
        listener.setDaemon(true);
        listener.start();
        return lifeline;
    }

    private static void listen(Consumer<String> orders) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.accept(line);
            }
        } catch (IOException broken) {
            // the same as an end
        }
        Runtime.getRuntime().halt(1);
    }

    /**
     * Sends a line to the starter.
     *
     * @param line the line
     */
    public void tell(String line) {
        news.println(line);
    }
}
