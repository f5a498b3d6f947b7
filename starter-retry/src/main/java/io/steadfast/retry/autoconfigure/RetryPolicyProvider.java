package io.steadfast.retry.autoconfigure;

import io.steadfast.core.Policy;
import io.steadfast.retry.Retry;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.retry.autoconfigure.RetryProperties.Settings;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;

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
        return new RetryPolicy(
                request.id(), new SettingsReader(request.settings(), request.beans()).read(), request.runtime());
    }

    @Override
    public boolean standard() {
        return true;
    }
}
