package io.steadfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartUpTests {

    @Test
    void whenItIsMeasured_thenEachSideStartsAndAnswersAndHasARow() throws Exception {
        StartUp startUp = new StartUp(10);
        startUp.measure(1);

        assertThat(startUp.markdown())
                .contains("| beyond the floor | nothing guarded, ms | 10 methods, ms |")
                .containsPattern("\\| Steadfast \\| [-\\d,]+ \\| [-\\d,]+ \\| [-\\d,.]+ \\| [-\\d,]+ \\|")
                .containsPattern("\\| resilience4j's starter \\| [-\\d,]+ \\|")
                .containsPattern("\\| Spring's two annotations \\| [-\\d,]+ \\|")
                .containsPattern("The floor: \\d[\\d,]* ms without");
    }
}
