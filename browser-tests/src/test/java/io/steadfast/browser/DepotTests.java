package io.steadfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import org.junit.jupiter.api.Test;

/** A pool of instances, in an application on WebFlux. */
class DepotTests {

    private static final double PATIENTLY = 20_000;

    @Test
    void whenAnInstanceOfAPoolIsBroken_thenTheTableSaysWhichIsOut_alsoOnWebFlux() {
        try (Browser browser = new Browser();
                Running depot =
                        Running.on(0, Depot.class, "--spring.main.web-application-type=reactive", Depot.INSTANCES)) {
            Depot.Trucks trucks = depot.bean(Depot.Trucks.class);
            depot.withUsers(() -> trucks.load(null));
            Page page = browser.open("http://localhost:" + depot.port() + "/resilience/", DashboardTests.wide());
            assertThat(page.locator("#link-text")).hasText("live");
            Locator tile = page.locator(".tile", new Page.LocatorOptions().setHasText("depots"));
            assertThat(tile.locator(".policies li", new Locator.LocatorOptions().setHasText("pool")))
                    .containsText("1 out", new ContainsTextOptions().setTimeout(PATIENTLY));

            tile.locator("a").click();

            Locator rows = page.locator("dialog .policy table.pool tbody tr");
            assertThat(rows).hasCount(2);
            assertThat(row(rows, Depot.GOOD)).containsText("available");
            assertThat(row(rows, Depot.BAD)).containsText("ejected");
            Browser.keep(page, "dashboard-pool");
            Locator pool = page.locator("dialog .policy", new Page.LocatorOptions().setHasText(Depot.BAD));
            pool.getByText("Reset").click();
            pool.locator(".apply").click();
            assertThat(pool.locator(".answer")).containsText("Reset: done");
            assertThat(browser.misdeeds()).isEmpty();
        }
    }

    private static Locator row(Locator rows, String instance) {
        return rows.filter(new Locator.FilterOptions().setHasText(instance));
    }
}
