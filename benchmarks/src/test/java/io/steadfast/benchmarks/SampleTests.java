package io.steadfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTests {

    private static final String BEAN = "Steadfast.retry";

    @Test
    void whenSampleIsWrittenAndRead_thenItIsTheSame() {
        Sample sample = new Sample(BEAN, 2, 31.25, 72.0, 0.99);

        assertThat(Sample.parse(sample.toLine())).isEqualTo(sample);
    }

    @Test
    void whenSeveralJvmsMeasured_thenFigureIsTheirMedianAndRange(@TempDir Path folder) throws Exception {
        Samples samples = new Samples(folder.resolve("target").resolve("samples.csv"));
        for (double nanos : List.of(30.0, 90.0, 32.0)) {
            samples.add(new Sample(BEAN, 1, nanos, 72, 0.5));
        }

        assertThat(samples.figure(BEAN, 1)).contains(new Figure(32, 30, 90, 72));
        assertThat(samples.figure("Steadfast.breaker", 1)).isEmpty();
    }

    @Test
    void whenTwoThreadsDidNotRunAtOnce_thenTheSampleDoesNotCount(@TempDir Path folder) throws Exception {
        Samples samples = new Samples(folder.resolve("samples.csv"));
        samples.add(new Sample(BEAN, 2, 50, 72, 0.5));
        samples.add(new Sample(BEAN, 2, 80, 72, 0.95));

        assertThat(samples.figure(BEAN, 2)).contains(new Figure(80, 80, 80, 72));
    }

    @Test
    void whenRowMissesItsBar_thenTheTableSaysInWhat(@TempDir Path folder) throws Exception {
        Samples samples = new Samples(folder.resolve("samples.csv"));
        samples.add(new Sample("Floor.call", 1, 20, 72, 1));
        samples.add(new Sample(BEAN, 1, 40, 72, 1));
        samples.add(new Sample("Resilience4j.retry", 1, 1000, 700, 1));
        samples.add(new Sample("Steadfast.breaker", 1, 60, 80, 1));
        samples.add(new Sample("Resilience4j.breaker", 1, 1000, 800, 1));

        String table = new Tables(samples).markdown();

        assertThat(table).contains("1/25 | 1/9.7 | 1/10 | no: bytes |").contains("1/17 | 1/10 | 1/10 | yes |");
    }
}
