package io.steadfast.springcloud.autoconfigure;

import io.steadfast.spring.ResilienceRefresher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;

/**
 * Reads the properties again whenever any of them have changed, not only ours: one of ours may refer to another by a placeholder.
 * What is wrong with them is in the log, and everything stays as it is.
 */
final class RefreshListener implements ApplicationListener<EnvironmentChangeEvent> {

    private final ObjectProvider<ResilienceRefresher> refresher;

    RefreshListener(ObjectProvider<ResilienceRefresher> refresher) {
        this.refresher = refresher;
    }

    @Override
    public void onApplicationEvent(EnvironmentChangeEvent event) {
        if (!event.getKeys().isEmpty()) {
            refresher.ifAvailable(ResilienceRefresher::refresh);
        }
    }
}
