package io.steadfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The README's first command, as somebody who opens the two addresses that it prints sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorefrontTests {

    private static final String STOREFRONT = "io.steadfast.samples.storefront.StorefrontApplication";

    private static final double HALF_A_MINUTE = 30_000;

    private Browser browser;

    private ConfigurableApplicationContext storefront;

    @BeforeAll
    void start() throws ClassNotFoundException {
        browser = new Browser();
        storefront = SpringApplication.run(Class.forName(STOREFRONT), "--server.port=0");
    }

    @AfterAll
    void stop() {
        browser.close();
        storefront.close();
    }

    @Test
    void whenServicesAreBrokenByTheirButtons_thenTheirTilesTurnUntilTheyAreMended() {
        Page buttons = browser.open(address("/"), window());
        Page dashboard = browser.open(address("/resilience/"), window());
        assertThat(tile(dashboard, "recommendations")).isVisible();

        press(buttons, "recommendations", "dead");
        press(buttons, "stock", "dropping");

        Locator open = dashboard.locator(
                "#attention .tile[data-severity='3']", new Page.LocatorOptions().setHasText("recommendations"));
        assertThat(open).isVisible(new IsVisibleOptions().setTimeout(HALF_A_MINUTE));
        assertThat(buttons.locator("#note")).hasText("It is all up to you.");
        Browser.keep(dashboard, "storefront");
        Browser.keep(buttons, "storefront-buttons");

        buttons.locator("#mend").click();

        assertThat(tile(dashboard, "recommendations")
                        .locator(".policies li", new Locator.LocatorOptions().setHasText("breaker")))
                .containsText("closed", new ContainsTextOptions().setTimeout(HALF_A_MINUTE));
        assertThat(browser.misdeeds()).isEmpty();
    }

    private static void press(Page buttons, String service, String mood) {
        Locator button = buttons.locator("[data-service='" + service + "'] [data-mood='" + mood + "']");
        button.click();
        assertThat(button).hasAttribute("aria-pressed", "true");
    }

    private static Locator tile(Page dashboard, String name) {
        return dashboard.locator(".tile", new Page.LocatorOptions().setHasText(name));
    }

    private String address(String path) {
        return "http://localhost:" + storefront.getEnvironment().getRequiredProperty("local.server.port") + path;
    }

    private static NewContextOptions window() {
        return new NewContextOptions().setViewportSize(1280, 860);
    }
}
