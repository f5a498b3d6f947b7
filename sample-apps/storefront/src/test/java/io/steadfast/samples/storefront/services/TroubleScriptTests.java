package io.steadfast.samples.storefront.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.steadfast.samples.storefront.services.TroubleScript.Step;
import org.junit.jupiter.api.Test;

class TroubleScriptTests {

    @Test
    void whenAMinuteIsOver_thenEveryServiceHasRecovered() {
        assertThat(moodsAt(TroubleScript.SECONDS))
                .hasSameSizeAs(Service.values())
                .containsOnly(Mood.WELL);
    }

    @Test
    void whenAMinuteIsOver_thenEveryKindOfTroubleHasBeenSeen() {
        assertThat(steps()).extracting(Step::mood).contains(Mood.values());
    }

    @Test
    void whenTheCrawlerComes_thenAllServicesAreWell_andItLeavesBeforeTheMinuteEnds() {
        assertThat(moodsAt(TroubleScript.CRAWLER_COMES)).containsOnly(Mood.WELL);
        assertThat(moodsAt(TroubleScript.CRAWLER_LEAVES)).containsOnly(Mood.WELL);
        assertThat(TroubleScript.CRAWLER_LEAVES).isBetween(TroubleScript.CRAWLER_COMES + 1, TroubleScript.SECONDS - 1);
    }

    @Test
    void whenTheScriptEnds_thenItBeginsAgain() {
        assertThat(TroubleScript.at(TroubleScript.SECONDS + 15L)).isNotEmpty().isEqualTo(TroubleScript.at(15));
    }

    private static Collection<Mood> moodsAt(int second) {
        Map<Service, Mood> moods = new EnumMap<>(Service.class);
        steps().stream()
                .filter(step -> step.second() <= second)
                .forEach(step -> moods.put(step.service(), step.mood()));
        return moods.values();
    }

    private static List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int second = 0; second < TroubleScript.SECONDS; second++) {
            steps.addAll(TroubleScript.at(second));
        }
        return steps;
    }
}
