package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.steadfast.failover.Outliers.Rate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class OutliersPropertyTests {

    private static final double SIGMAS = 1.9;

    private static List<String> outliers(List<Rate<String>> rates) {
        return Outliers.among(rates, SIGMAS).stream().map(Rate::of).toList();
    }

    private static List<Rate<String>> alike(int count, long calls, long failures) {
        List<Rate<String>> rates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rates.add(new Rate<>("usual " + i, calls, failures));
        }
        return rates;
    }

    @Property
    void whenAllDoTheSame_thenNobodyIsAnOutlier(
            @ForAll @IntRange(min = 1, max = 50) int count, @ForAll @IntRange(max = 100) int failures) {
        assertThat(outliers(alike(count, 100, failures))).isEmpty();
    }

    @Property
    void whenOneOfAnyNumberFailsHalfItsCalls_thenItIsTheOutlier(@ForAll @IntRange(min = 1, max = 50) int others) {
        List<Rate<String>> rates = alike(others, 100, 1);
        rates.add(0, new Rate<>("bad", 100, 50));
        assertThat(outliers(rates)).containsExactly("bad");
    }

    @Property
    void whenManyAreBad_thenTheyDoNotHideEachOther(@ForAll @IntRange(min = 1, max = 20) int bad) {
        List<Rate<String>> rates = alike(5, 100, 1);
        for (int i = 0; i < bad; i++) {
            rates.add(new Rate<>("bad", 100, 60 + i));
        }
        assertThat(outliers(rates)).hasSize(bad).containsOnly("bad");
    }

    @Property(tries = 100)
    void whenAllFailByChanceEquallyOften_thenHardlyAnybodyIsAnOutlier(
            @ForAll @IntRange(min = 2, max = 10) int count,
            @ForAll @IntRange(min = 20, max = 500) int calls,
            @ForAll @DoubleRange(max = 0.5) double risk,
            @ForAll Random random) {
        int wronged = 0;
        for (int interval = 0; interval < 100; interval++) {
            List<Rate<String>> rates = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long failures =
                        random.doubles(calls).filter(chance -> chance < risk).count();
                rates.add(new Rate<>("usual", calls, failures));
            }
            wronged += outliers(rates).size();
        }
        assertThat(wronged).isLessThanOrEqualTo(count + 3); // about one in a hundred
    }

    @Example
    void whenFewCallsWereMade_thenAFewFailuresProveNothing() {
        List<Rate<String>> rates = alike(2, 20, 0);
        rates.add(new Rate<>("unlucky", 20, 2));
        assertThat(outliers(rates)).isEmpty();
    }

    @Example
    void whenThereAreSeveral_thenTheWorstComesFirst() {
        List<Rate<String>> rates = alike(3, 100, 0);
        rates.add(new Rate<>("bad", 100, 40));
        rates.add(new Rate<>("worst", 100, 90));
        rates.add(new Rate<>("worse", 100, 60));
        assertThat(outliers(rates)).containsExactly("worst", "worse", "bad");
    }
}
