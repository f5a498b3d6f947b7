package io.steadfast.failover.autoconfigure;

import io.steadfast.core.SettingsCheck;
import io.steadfast.failover.EjectionConfig;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.autoconfigure.FailoverProperties.Settings;
import io.steadfast.failover.autoconfigure.FailoverSections.EjectionSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.StringUtils;

/** Turns properties into a configuration. */
final class SettingsReader {

    private final Settings settings;

    private final BeanFactory beans;

    SettingsReader(Settings settings, BeanFactory beans) {
        this.settings = settings;
        this.beans = beans;
    }

    /**
     * The configuration.
     *
     * @param instanceGate makes what guards each instance by itself; {@code null} if nothing does
     * @throws io.steadfast.core.InvalidSettingsException if something is wrong; it names all that is
     */
    FailoverConfig read(@Nullable InstanceBreakers instanceGate) {
        refuseMissing();
        return FailoverConfig.builder()
                .picker(settings.getPicker())
                .zone(zoneOf(settings))
                .slowStart(settings.getSlowStart())
                .panicThreshold(settings.getPanicThreshold())
                .refreshInterval(settings.getRefreshInterval())
                .keepLastGood(settings.getKeepLastGood())
                .firstListWait(settings.getFirstListWait())
                .ejection(ejection(instanceGate))
                .health(new HealthReader(settings.getHealth(), beans).read())
                .build();
    }

    /** A placeholder without a value, {@code ${ZONE:}}, means that nobody says. */
    static @Nullable String zoneOf(Settings settings) {
        String zone = settings.getZone();
        return StringUtils.hasText(zone) ? zone.trim() : null;
    }

    private @Nullable EjectionConfig ejection(@Nullable InstanceBreakers instanceGate) {
        EjectionSettings ejection = settings.getEjection();
        if (!ejection.isEnabled()) {
            return null;
        }
        return EjectionConfig.builder()
                .consecutiveFailures(ejection.getConsecutiveFailures())
                .successRateDeviation(ejection.getSuccessRateDeviation())
                .failurePercentage(ejection.getFailurePercentage())
                .minimumCalls(ejection.getMinimumCalls())
                .interval(ejection.getInterval())
                .baseTime(ejection.getBaseTime())
                .maxTime(ejection.getMaxTime())
                .maxEjectedPercent(ejection.getMaxEjectedPercent())
                .instanceGate(instanceGate)
                .build();
    }

    /** A key without a value is bound as {@code null}, whatever the field was before. */
    private void refuseMissing() {
        SettingsCheck check = new SettingsCheck();
        require(check, settings.getPicker(), "picker");
        require(check, settings.getSlowStart(), "slow-start");
        require(check, settings.getRefreshInterval(), "refresh-interval");
        require(check, settings.getKeepLastGood(), "keep-last-good");
        require(check, settings.getFirstListWait(), "first-list-wait");
        require(check, settings.getEjection().getInterval(), "ejection.interval");
        require(check, settings.getEjection().getBaseTime(), "ejection.base-time");
        require(check, settings.getEjection().getMaxTime(), "ejection.max-time");
        check.refuseIfWrong();
    }

    static void require(SettingsCheck check, @Nullable Object value, String key) {
        check.that(value != null, "has no value", key);
    }
}
