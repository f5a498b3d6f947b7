package io.steadfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import org.junit.jupiter.api.Test;

/** A page outlives its server. */
class ReconnectTests {

    @Test
    void whenTheServerGoesAndComesBack_thenThePageSaysSoAndGoesOn() {
        try (Browser browser = new Browser()) {
            Running first = Running.on(0, Shop.class);
            int port = first.port();
            Page page;
            try (first) {
                page = browser.open("http://localhost:" + port + "/resilience/", DashboardTests.wide());
                assertThat(page.locator("#link-text")).hasText("live");
            }

            assertThat(page.locator("#stale")).containsText("Not live");
            assertThat(page.locator("body")).hasAttribute("data-link", "stale");
            Browser.keep(page, "dashboard-stale");
            try (Running second = Running.on(port, Shop.class)) {
                assertThat(page.locator("#link-text")).hasText("live", new HasTextOptions().setTimeout(20000));
                assertThat(page.locator("#stale")).isHidden();
                second.bean(Shop.Stock.class).price("4711");
                assertThat(page.locator(
                                ".tile a[href='#call=prices'] >> xpath=../.. >> .share[data-outcome=answered] b"))
                        .hasText("1");
            }
            assertThat(browser.misdeeds()).isEmpty();
        }
    }
}
