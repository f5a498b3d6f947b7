package io.steadfast.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of Debian's package {@code prometheus}. */
final class Programs {

    static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");

    static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    private static final long PATIENCE_SECONDS = 120;

    private Programs() {}

    /** The program; fails if it is not installed, because a test that is skipped shows nothing. */
    static Path installed(Path program) {
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program + " is not installed: `apt-get install prometheus` brings it,"
                    + " or leave out the Maven profile `installed`");
        }
        return program;
    }

    /** Runs promtool to its end, with a file as its standard input if there is one. */
    static Result promtool(Path input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(installed(PROMTOOL).toString()));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile(Path.of("target"), "promtool", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " does not end");
        }
        return new Result(process.exitValue(), Files.readString(said));
    }

    /**
     * What came of it.
     *
     * @param code 0 if all is well
     * @param output what it said
     */
    record Result(int code, String output) {}
}
