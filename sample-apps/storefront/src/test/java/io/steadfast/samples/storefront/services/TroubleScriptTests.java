package io.steadfast.samples.storefront.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.steadfast.samples.storefront.services.TroubleScript.Step;
import org.junit.jupiter.api.Test;

class TroubleScriptTests {

    @Test
    void whenAMinuteIsOver_thenEveryServiceHasRecovered() {
        Map<Service, Mood> moods = new EnumMap<>(Service.class);
        steps().forEach(step -> moods.put(step.service(), step.mood()));

        assertThat(moods)
                .containsOnlyKeys(Service.values())
                .allSatisfy((service, mood) -> assertThat(mood).isEqualTo(Mood.WELL));
    }

    @Test
    void whenAMinuteIsOver_thenEveryKindOfTroubleHasBeenSeen() {
        assertThat(steps()).extracting(Step::mood).contains(Mood.values());
    }

    @Test
    void whenTheScriptEnds_thenItBeginsAgain() {
        assertThat(TroubleScript.at(TroubleScript.SECONDS + 15L)).isNotEmpty().isEqualTo(TroubleScript.at(15));
    }

    private static List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int second = 0; second < TroubleScript.SECONDS; second++) {
            steps.addAll(TroubleScript.at(second));
        }
        return steps;
    }
}
