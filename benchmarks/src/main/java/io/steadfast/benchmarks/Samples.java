package io.steadfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** All samples so far, kept in a file, so that many short runs make one table. */
final class Samples {

    /** Below this the threads did not run at once, and there was nothing to contend with. */
    private static final double TOGETHER = 0.85;

    private final Path file;

    Samples(Path file) {
        this.file = file;
    }

    void add(Sample sample) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, sample.toLine() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The figure of a call; empty if it has not been measured yet. */
    Optional<Figure> figure(String benchmark, int threads) throws IOException {
        List<Sample> samples = all().stream()
                .filter(sample -> sample.benchmark().equals(benchmark) && sample.threads() == threads)
                .filter(sample -> threads == 1 || sample.share() >= TOGETHER)
                .toList();
        return samples.isEmpty() ? Optional.empty() : Optional.of(Figure.of(samples));
    }

    private List<Sample> all() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Sample::parse).toList()
                : List.of();
    }
}
