package io.steadfast.hedge.autoconfigure;

import io.steadfast.core.Policy;
import io.steadfast.hedge.Hedge;
import io.steadfast.hedge.HedgeConfig;
import io.steadfast.hedge.HedgePolicy;
import io.steadfast.hedge.autoconfigure.HedgeProperties.Settings;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;

/** Makes a hedge of its settings. */
final class HedgePolicyProvider implements PolicyProvider<Hedge, Settings> {

    @Override
    public String policy() {
        return HedgePolicy.KIND;
    }

    @Override
    public Class<Hedge> annotation() {
        return Hedge.class;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Policy create(PolicyRequest<Hedge, Settings> request) {
        return new HedgePolicy(request.id(), config(request.settings()), request.runtime());
    }

    @Override
    public Succession succeed(PolicyRequest<Hedge, Settings> request, Policy before) {
        return Succession.ofFresh(((HedgePolicy) before).successor(config(request.settings())));
    }

    static HedgeConfig config(Settings settings) {
        return new HedgeConfig(
                settings.getDelay(),
                settings.getExtraLoad(),
                settings.getMaxExtra(),
                settings.getMinimumCalls(),
                settings.getWindow(),
                settings.getThrottledPause());
    }
}
