package io.steadfast.retry.autoconfigure;

import io.steadfast.core.Policy;
import io.steadfast.retry.Retry;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.retry.autoconfigure.RetryProperties.Settings;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;

/** Makes a retry policy of its settings. */
final class RetryPolicyProvider implements PolicyProvider<Retry, Settings> {

    @Override
    public String policy() {
        return RetryPolicy.KIND;
    }

    @Override
    public Class<Retry> annotation() {
        return Retry.class;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Policy create(PolicyRequest<Retry, Settings> request) {
        return new RetryPolicy(request.id(), config(request), request.runtime());
    }

    @Override
    public Succession succeed(PolicyRequest<Retry, Settings> request, Policy before) {
        return Succession.ofFresh(((RetryPolicy) before).successor(config(request), request.runtime()));
    }

    private static RetryConfig config(PolicyRequest<Retry, Settings> request) {
        return new SettingsReader(request.settings(), request.beans()).read();
    }

    @Override
    public boolean standard() {
        return true;
    }
}
