package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Collections;
import java.util.List;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTargetsTests {

    private final HttpTargets targets = targets(
            at("shop", "https://shop.example"),
            at("orders", "https://shop.example/api", "/orders/{id}", "/orders"),
            at("latest", "https://shop.example/api", "/orders/latest"),
            at("api", "https://shop.example/api/", "/**"),
            at("plain", "HTTP://Plain.Example:80/"),
            at("local", "http://127.0.0.1:8080"),
            at("winding", "http://winding.example/a/../b"),
            HttpTarget.ofService(
                    "prices", "price_service", List.of(), HttpRules.defaults(), () -> Pipeline.of("prices")));

    @ParameterizedTest
    @CsvSource({
        "https://shop.example, shop",
        "https://shop.example/, shop",
        "https://shop.example:443/apis/orders, shop",
        "https://SHOP.example/api, api",
        "https://shop.example/api/customers/7, api",
        "https://shop.example/api/orders, orders",
        "https://shop.example/api/orders/, orders",
        "https://shop.example/api/orders/7?expand=all#top, orders",
        "https://shop.example/api/orders/latest, latest",
        "https://shop.example/api/orders/7/lines, api",
        "https://shop.example/api/../secret, shop",
        "https://user:password@shop.example/api/orders, orders",
        "http://plain.example/x, plain",
        "http://127.0.0.1:8080/x, local",
        "http://winding.example/b/c, winding",
        "http://price_service/prices/7, prices",
        "lb://price_service/prices/7, prices",
        "https://PRICE_SERVICE, prices"
    })
    void whenAUrlIsClaimed_thenTheMostSpecificClientIsFound(URI url, String client) {
        assertThat(targets.find(url)).map(HttpTarget::name).contains(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/api",
                "https://shop.example:8443/",
                "https://shop.example.org/",
                "https://other/?shop.example",
                "http://price_service:81/x",
                "/relative",
                "mailto:someone@shop.example"
            })
    void whenAUrlIsNotClaimed_thenNoClientIsFound(URI url) {
        assertThat(targets.find(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "/path",
                "https://{host}/x",
                "https://shop.example/{tenant}",
                "https://",
                "https://a b",
                "https://shop.example?x=1",
                "https://shop.example#x",
                "https://me@shop.example"
            })
    void whenABaseUrlIsNoFixedAddress_thenItIsRefused(String url) {
        assertThatThrownBy(() -> at("shop", url))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("base-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "/a{b}", "/**/x", "/x?y", "/{a b}"})
    void whenAPathIsNoPattern_thenItIsRefused(String path) {
        assertThatThrownBy(() -> at("shop", "https://shop.example", path))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("paths has '" + path + "'");
    }

    @Test
    void whenThereAreMoreThanAHundredPaths_thenTheyAreRefused() {
        String[] paths = Collections.nCopies(101, "/x").toArray(String[]::new);

        assertThatThrownBy(() -> at("shop", "https://shop.example", paths))
                .hasMessage("paths must be at most 100, but are 101: use {name} for what varies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "shop-{tenant}"})
    void whenANameIsBlankOrVaries_thenItIsRefused(String name) {
        assertThatThrownBy(() -> at(name, "https://shop.example")).hasMessageStartingWith("name must not be blank");
    }

    @Test
    void whenTwoClientsClaimOnePlace_thenTheyAreRefused() {
        assertThatThrownBy(() -> targets(
                        at("one", "https://shop.example/api", "/orders/{id}"),
                        at("two", "https://SHOP.example:443", "/api/orders/*")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("one and two both claim https://shop.example:443/api/orders/*: let one of them have other"
                        + " paths");
    }

    private static HttpTargets targets(HttpTarget... targets) {
        return new HttpTargets(List.of(targets), HttpSurroundings.system());
    }

    private static HttpTarget at(String name, String url, String... paths) {
        return HttpTarget.at(name, url, List.of(paths), HttpRules.defaults(), () -> Pipeline.of("any"));
    }
}
