package io.steadfast.samples.storefront.services;

import java.util.List;

import io.steadfast.samples.storefront.services.TroubleScript.Step;
import io.steadfast.samples.storefront.show.EachSecond;

/** Lets the services inside fail and recover as the script says. */
final class ScriptedTrouble implements EachSecond {

    private final PretendServices services;

    ScriptedTrouble(PretendServices services) {
        this.services = services;
    }

    @Override
    public List<String> news(long second) {
        List<Step> steps = TroubleScript.at(second);
        steps.forEach(step -> services.of(step.service()).become(step.mood()));
        return steps.stream().map(Step::toString).toList();
    }
}
