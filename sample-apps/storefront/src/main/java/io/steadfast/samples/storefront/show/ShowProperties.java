package io.steadfast.samples.storefront.show;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * What there is to see, under {@code storefront.*}.
 *
 * @param reportEvery how often a row is printed, in whole seconds
 * @param runFor after this time the shop stops by itself, in whole seconds; without a value, on Ctrl-C
 * @param traffic the shop's own visitors
 */
@ConfigurationProperties("storefront")
record ShowProperties(
        @DefaultValue("5s") Duration reportEvery,
        @Nullable Duration runFor,
        @DefaultValue Traffic traffic) {

    ShowProperties {
        refuseFractions("storefront.report-every", reportEvery);
        refuseFractions("storefront.run-for", runFor);
    }

    /** The show's clock ticks once a second. */
    private static void refuseFractions(String property, @Nullable Duration value) {
        Assert.isTrue(
                value == null || value.toSeconds() >= 1 && value.toNanosPart() == 0,
                () -> property + " must be whole seconds, at least 1s");
    }

    /**
     * The shop's own visitors.
     *
     * @param enabled whether there are any; without a value, only if the services are inside too
     * @param perSecond how many come in a second, 1 to 200
     * @param duration how long they keep coming, in whole seconds
     */
    record Traffic(
            @Nullable Boolean enabled,
            @DefaultValue("20") int perSecond,
            @DefaultValue("10m") Duration duration) {

        Traffic {
            Assert.isTrue(perSecond >= 1 && perSecond <= 200, "storefront.traffic.per-second must be 1 to 200");
            refuseFractions("storefront.traffic.duration", duration);
        }

        boolean wanted(boolean servicesInside) {
            return enabled == null ? servicesInside : enabled;
        }
    }
}
