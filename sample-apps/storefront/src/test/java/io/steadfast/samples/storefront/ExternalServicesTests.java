package io.steadfast.samples.storefront;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.steadfast.samples.storefront.services.PretendServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** The shop in front of services that it did not start. */
@ExtendWith(OutputCaptureExtension.class)
class ExternalServicesTests {

    private final WireMockServer real = new WireMockServer(WireMockConfiguration.options()
            .dynamicPort()
            .bindAddress("localhost")
            .http2PlainDisabled(true));

    @BeforeEach
    void openServices() {
        real.start();
        answer("/c/products/9", "{\"id\": \"9\", \"name\": \"Sextant\"}");
        answer("/s/stock/9", "{\"left\": 2, \"known\": true}");
        answer("/p/prices/9", "{\"amount\": 120, \"currency\": \"EUR\", \"current\": true}");
        answer("/r/recommendations/9", "[\"10\"]");
    }

    @AfterEach
    void closeServices() {
        real.stop();
    }

    @Test
    void whenServicesAreExternal_thenThePageComesFromThemAndNothingElseIsStarted(CapturedOutput output) {
        String[] arguments = {
            "--services=external",
            "--server.port=0",
            "--storefront.services.catalogue=" + real.baseUrl() + "/c",
            "--storefront.services.stock=" + real.baseUrl() + "/s",
            "--storefront.services.price=" + real.baseUrl() + "/p",
            "--storefront.services.recommendations=" + real.baseUrl() + "/r"
        };
        try (ConfigurableApplicationContext shop = SpringApplication.run(StorefrontApplication.class, arguments)) {
            String port = shop.getEnvironment().getProperty("local.server.port");

            ProductPage page = RestClient.create("http://localhost:" + port)
                    .get()
                    .uri("/products/9")
                    .retrieve()
                    .body(ProductPage.class);

            assertThat(page.product().name()).isEqualTo("Sextant");
            assertThat(page.missing()).isEmpty();
            assertThat(shop.getBeansOfType(PretendServices.class)).isEmpty();
            assertThat(output).contains("The shop is open").doesNotContain("Visitors");
        }
    }

    @Test
    void whenAnAddressIsMissing_thenTheStartIsRefused(CapturedOutput output) {
        assertThatThrownBy(() ->
                        SpringApplication.run(StorefrontApplication.class, "--services=external", "--server.port=0"))
                .isNotNull();

        assertThat(output).contains("storefront.services.catalogue", "http://localhost:9001");
    }

    @Test
    void whenTheChoiceOfServicesIsMisspelt_thenTheStartIsRefused(CapturedOutput output) {
        assertThatThrownBy(() ->
                        SpringApplication.run(StorefrontApplication.class, "--services=extern", "--server.port=0"))
                .isNotNull();

        assertThat(output).contains("services", "extern", "either 'inside' or 'external'");
    }

    private void answer(String path, String json) {
        real.stubFor(WireMock.get(urlPathEqualTo(path)).willReturn(okJson(json)));
    }
}
