package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.servlet.DashboardHandlerMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.servlet.DispatcherServlet;

/** When the page is served, and what may be absent. */
@ExtendWith(OutputCaptureExtension.class)
class DashboardAutoConfigurationTests {

    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withUserConfiguration(Shop.class);

    @Test
    void whenNothingIsSaid_thenThePageIsServed() {
        web.run(context -> assertThat(context).hasNotFailed().hasSingleBean(DashboardHandlerMapping.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "production", "live"})
    void whenAProductionProfileIsActive_thenThePageIsOff_unlessItIsWanted(String profile) {
        web.withPropertyValues("spring.profiles.active=" + profile, "resilience.dashboard.path=/ops")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardApi.class));
        web.withPropertyValues("spring.profiles.active=" + profile, "resilience.dashboard.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(DashboardHandlerMapping.class));
    }

    @Test
    void whenItIsSwitchedOff_thenNothingOfItIsThere() {
        web.withPropertyValues("resilience.dashboard.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardApi.class));
    }

    @Test
    void whenThePathIsNone_thenTheStartIsRefusedWithTheProperty() {
        web.withPropertyValues("resilience.dashboard.path=/a/../b?c")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("resilience.dashboard.path"));
    }

    @Test
    void whenAnInstanceIsNoAddress_thenTheStartIsRefusedWithTheProperty() {
        web.withPropertyValues("resilience.dashboard.instances=10.0.0.8:8080")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("resilience.dashboard.instances"));
    }

    @Test
    void whenAKeyIsMisspelt_thenTheStartIsRefused() {
        web.withPropertyValues("resilience.dashboard.pth=/ops")
                .run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @ValueSource(classes = {EndpointAccessResolver.class, DispatcherServlet.class})
    void whenThePartsItIsServedByAreAbsent_thenTheApplicationStartsWithoutIt(Class<?> absent) {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(absent))
                .withConfiguration(AutoConfigurations.of(DashboardAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardApi.class));
    }

    @Test
    void whenWhatItCanDoWithoutIsAbsent_thenThePageIsServedAllTheSame() {
        web.withClassLoader(new FilteredClassLoader(name -> name.startsWith("org.springframework.security.")
                        || name.equals("org.springframework.cloud.client.discovery.DiscoveryClient")))
                .withPropertyValues("resilience.dashboard.service=true")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(DashboardHandlerMapping.class));
    }

    @Test
    void whenThereIsNoWeb_thenThereIsNoPage() {
        new ApplicationContextRunner()
                .withUserConfiguration(Shop.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardApi.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVLET", "REACTIVE"})
    void whenItStarts_thenTheLogSaysWhere(WebApplicationType stack, CapturedOutput output) {
        try (RunningShop shop = RunningShop.open(stack, "--resilience.dashboard.path=/ops/calls")) {
            assertThat(output)
                    .containsOnlyOnce("Resilience dashboard on port " + shop.port() + " at /ops/calls/, read only");
            assertThat(shop.get("/ops/calls/").statusCode()).isEqualTo(200);
            assertThat(shop.get("/resilience/").statusCode()).isEqualTo(404);
            assertThat(shop.change("/ops/calls/api/calls?name=stock", "{\"action\":\"reset\"}")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void whenTheEndpointIsClosed_thenSoIsThePage() {
        try (RunningShop shop =
                RunningShop.open(WebApplicationType.SERVLET, "--management.endpoint.resilience.access=none")) {
            assertThat(shop.get("/resilience/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void whenThereIsAContextPath_thenThePageIsBelowIt() {
        try (RunningShop shop = RunningShop.open(
                WebApplicationType.SERVLET, "--server.servlet.context-path=/shop", "--spring.mvc.servlet.path=/app")) {
            assertThat(shop.get("/shop/app/resilience/").statusCode()).isEqualTo(200);
            assertThat(shop.get("/shop/app/resilience").headers().firstValue("Location"))
                    .hasValue("resilience/");
        }
    }
}
