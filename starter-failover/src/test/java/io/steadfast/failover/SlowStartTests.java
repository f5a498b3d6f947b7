package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.Instance;
import org.junit.jupiter.api.Test;

/** Who works up to its share of traffic. */
class SlowStartTests {

    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final List<Instance> listed = new ArrayList<>(Bench.instances("a", "b"));

    private final Bench bench = new Bench(
            FailoverConfig.builder()
                    .picker(PickerType.WEIGHTED_ROUND_ROBIN)
                    .slowStart(WINDOW)
                    .build(),
            () -> List.copyOf(listed));

    private void refresh() {
        bench.pool.refreshNow();
        bench.pass(Duration.ofMillis(100));
    }

    @Test
    void whenAllAreNew_thenNobodyStartsSlowly() {
        bench.settleDown();
        assertThat(bench.state("a").share()).isEqualTo(1);
    }

    @Test
    void whenAnInstanceJoinsOthers_thenItsShareGrowsSteadilyFromATenth() {
        bench.settleDown();
        listed.add(Bench.instance("c"));
        bench.pass(Duration.ofMillis(100));
        refresh();
        assertThat(bench.state("c").share()).isCloseTo(0.1, within(0.02));
        assertThat(bench.state("a").share()).isEqualTo(1);
        bench.pass(WINDOW.dividedBy(2));
        assertThat(bench.state("c").share()).isCloseTo(0.55, within(0.02));
        bench.pass(WINDOW.dividedBy(2));
        assertThat(bench.state("c").share()).isEqualTo(1);
    }

    @Test
    void whenAnInstanceJoins_thenItGetsLittleTrafficAtFirstAndItsPartInTheEnd() {
        bench.settleDown();
        listed.add(Bench.instance("c"));
        bench.pass(Duration.ofMillis(100));
        refresh();
        assertThat(bench.next(300)).filteredOn("c"::equals).hasSizeBetween(5, 40);
        bench.pass(WINDOW);
        assertThat(bench.next(300)).filteredOn("c"::equals).hasSizeBetween(90, 110);
    }

    @Test
    void whenAnInstanceComesBackToOthers_thenItStartsSlowly() {
        bench.settleDown();
        bench.failAt("a", 5);
        bench.pass(Duration.ofSeconds(30));
        assertThat(bench.state("a").share()).isCloseTo(0.1, within(0.02));
        bench.pass(WINDOW);
        assertThat(bench.state("a").share()).isEqualTo(1);
    }

    @Test
    void whenNobodyElseIsInService_thenWhoComesBackGetsAllAtOnce() {
        bench.settleDown();
        bench.pool.checked("a", false);
        bench.pool.checked("b", false);
        bench.pool.checked("a", true);
        assertThat(bench.state("a").share()).isEqualTo(1);
    }
}
