package io.steadfast.failover.autoconfigure;

import java.util.List;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import io.steadfast.core.SettingsCheck;
import io.steadfast.failover.autoconfigure.FailoverSections.HealthSettings;
import io.steadfast.failover.autoconfigure.FailoverSections.HealthType;
import io.steadfast.failover.health.HealthCheck;
import io.steadfast.failover.health.HealthConfig;
import io.steadfast.failover.health.HttpHealthCheck;
import io.steadfast.failover.health.TcpHealthCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.StringUtils;

/** Turns the health settings of a pool into a configuration. */
final class HealthReader {

    private final HealthSettings settings;

    private final BeanFactory beans;

    HealthReader(HealthSettings settings, BeanFactory beans) {
        this.settings = settings;
        this.beans = beans;
    }

    /**
     * The configuration.
     *
     * @return {@code null} if instances are not checked
     * @throws InvalidSettingsException if something is wrong
     */
    @Nullable
    HealthConfig read() {
        if (!settings.isEnabled()) {
            return null;
        }
        refuseMissing();
        return HealthConfig.builder(check())
                .interval(settings.getInterval())
                .jitter(settings.getJitter())
                .timeout(settings.getTimeout())
                .healthyThreshold(settings.getHealthyThreshold())
                .unhealthyThreshold(settings.getUnhealthyThreshold())
                .edgeInterval(settings.getEdgeInterval())
                .noTrafficInterval(settings.getNoTrafficInterval())
                .build();
    }

    private HealthCheck check() {
        return switch (settings.getType()) {
            case HTTP -> new HttpHealthCheck(settings.getPath(), settings.getPort());
            case TCP -> new TcpHealthCheck(settings.getPort());
            case BEAN -> bean();
        };
    }

    private HealthCheck bean() {
        String name = settings.getBean();
        try {
            return name == null ? beans.getBean(HealthCheck.class) : beans.getBean(name, HealthCheck.class);
        } catch (BeansException none) {
            throw new InvalidSettingsException(List.of(
                    new Problem(List.of("health.bean"), "is needed by health.type bean: " + none.getMessage())));
        }
    }

    private void refuseMissing() {
        SettingsCheck check = new SettingsCheck();
        SettingsReader.require(check, settings.getType(), "health.type");
        SettingsReader.require(check, settings.getInterval(), "health.interval");
        SettingsReader.require(check, settings.getTimeout(), "health.timeout");
        check.that(
                        settings.getType() != HealthType.HTTP || StringUtils.hasText(settings.getPath()),
                        "has no value",
                        "health.path")
                .that(
                        settings.getType() != HealthType.BEAN || !"".equals(settings.getBean()),
                        "has no value",
                        "health.bean")
                .refuseIfWrong();
    }
}
