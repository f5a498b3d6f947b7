package io.steadfast.samples.storefront.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ShowPropertiesTests {

    @Test
    void whenNothingIsSet_thenVisitorsComeOnlyToServicesInside() {
        ShowProperties properties = bind("storefront.other", "x");

        assertThat(properties.traffic().wanted(true)).isTrue();
        assertThat(properties.traffic().wanted(false)).isFalse();
        assertThat(properties.runFor()).isNull();
    }

    @Test
    void whenVisitorsAreAskedFor_thenTheyComeToExternalServicesToo() {
        assertThat(bind("storefront.traffic.enabled", "true").traffic().wanted(false))
                .isTrue();
    }

    @Test
    void whenATimeIsShorterThanTheClocksTick_thenItIsRefused() {
        assertThatThrownBy(() -> bind("storefront.run-for", "500ms"))
                .hasRootCauseMessage("storefront.run-for must be whole seconds, at least 1s");
        assertThatThrownBy(() -> bind("storefront.report-every", "0s"))
                .hasRootCauseMessage("storefront.report-every must be whole seconds, at least 1s");
    }

    @Test
    void whenMoreVisitorsAreAskedForThanTheShopHolds_thenItIsRefused() {
        assertThatThrownBy(() -> bind("storefront.traffic.per-second", "201"))
                .hasRootCauseMessage("storefront.traffic.per-second must be 1 to 200");
    }

    private static ShowProperties bind(String property, String value) {
        return new Binder(new MapConfigurationPropertySource(Map.of(property, value)))
                .bindOrCreate("storefront", ShowProperties.class);
    }
}
