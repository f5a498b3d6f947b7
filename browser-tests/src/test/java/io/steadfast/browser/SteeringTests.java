package io.steadfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an operator does on the page, and what the page does not offer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringTests {

    private static final String[] ALL = {"Force open", "Force closed", "Reset", "Disable"};

    private Browser browser;

    private Running shop;

    @BeforeAll
    void start() {
        browser = new Browser();
        shop = Running.on(0, Shop.class);
        Shop.Stock stock = shop.bean(Shop.Stock.class);
        shop.withUsers(() -> {
            stock.left("4711");
            stock.price("4711");
        });
    }

    @AfterEach
    void wellBehaved() {
        assertThat(browser.misdeeds()).isEmpty();
    }

    @AfterAll
    void stop() {
        browser.close();
        shop.close();
    }

    @Test
    void whenAValueIsChanged_thenItIsInForce_andCanBeTakenBack() {
        Page page = detail(shop, "stock");
        Locator retry = policy(page, "retry");
        retry.locator("summary").click();
        retry.getByLabel("Change max-attempts").click();
        retry.locator("input[name=value]").fill("5");

        retry.locator(".apply").click();

        assertThat(retry.locator(".answer")).containsText("done");
        Locator changed = retry.locator("tr.by-hand", containing("max-attempts"));
        assertThat(changed.locator("td").first()).hasText("5");
        assertThat(changed.locator(".origin")).containsText("changed by");
        Locator change = page.locator("dialog .changes li", new Page.LocatorOptions().setHasText("max-attempts 3 → 5"));
        assertThat(change).containsText("left");

        change.getByText("Undo").click();

        assertThat(change).hasCount(0);
        assertThat(retry.locator("tr", containing("max-attempts")).locator("td").first())
                .hasText("3");
    }

    @Test
    void whenAPolicyIsDisabled_thenItIsShownAsSuch_andAllThatIsOfferedIsToEnableIt() {
        Page page = detail(shop, "prices");
        Locator breaker = policy(page, "circuit-breaker");
        press(breaker, "Disable");
        breaker.locator(".apply").click();
        assertThat(breaker.locator(".warning")).containsText("as if this policy was not there");

        breaker.locator(".apply").click();

        assertThat(breaker.locator(".badge-text")).hasText("disabled");
        assertThat(offered(breaker)).hasText(new String[] {"Enable"});

        press(breaker, "Enable");
        breaker.locator(".apply").click();

        assertThat(breaker.locator(".badge-text")).hasText("closed");
        assertThat(offered(breaker)).hasText(ALL);
    }

    @Test
    void whenAPolicyHasNothingToForceOrReset_thenNeitherIsOffered() {
        Page page = detail(shop, "stock");

        assertThat(offered(policy(page, "fallback"))).hasText(new String[] {"Disable"});
        assertThat(offered(policy(page, "retry"))).hasText(new String[] {"Reset", "Disable"});
        assertThat(offered(policy(page, "circuit-breaker"))).hasText(ALL);
    }

    @Test
    void whenWritesAreOff_thenThePageSaysSo_andHasNoButtonsForThem() {
        try (Running reading = Running.on(0, Shop.class, "--management.endpoint.resilience.access=read-only")) {
            Page page = detail(reading, "stock");
            assertThat(page.locator("dialog .policy")).hasCount(3);

            assertThat(page.locator("dialog .note")).containsText("Read only");
            page.locator("dialog .policy summary").first().click();
            assertThat(page.locator("dialog .policy button:visible")).hasCount(0);
        }
    }

    @Test
    void whenThePointerIsOverTheTiles_thenTheyStayWhereTheyAreUntilItLeaves() {
        try (Running own = Running.on(0, Shop.class)) {
            Shop.Stock stock = own.bean(Shop.Stock.class);
            own.withUsers(() -> {
                stock.price("4711");
                stock.left("4711");
            });
            Page page = browser.open(address(own), DashboardTests.wide());
            assertThat(page.locator("#rest .tile", containingInPage("stock")).first())
                    .isVisible();
            page.locator("#rest .tile", containingInPage("prices")).hover();

            stock.breakDown(true);

            assertThat(page.locator("#sort-now")).isVisible();
            assertThat(page.locator("#rest .tile[data-severity='3']")).hasCount(1);
            assertThat(page.locator("#attention .tile")).hasCount(0);

            page.mouse().move(2, 2);

            assertThat(page.locator("#attention .tile[data-severity='3']")).hasCount(1);
            assertThat(page.locator("#sort-now")).isHidden();
        }
    }

    private Page detail(Running application, String call) {
        Page page = browser.open(address(application) + "#call=" + call, DashboardTests.wide());
        assertThat(page.locator("dialog .policy").first()).isVisible();
        return page;
    }

    private static String address(Running application) {
        return "http://localhost:" + application.port() + "/resilience/";
    }

    private static Locator policy(Page page, String kind) {
        return page.locator("dialog .policy")
                .filter(new Locator.FilterOptions().setHas(page.locator("h4", containingInPage(kind))));
    }

    private static Locator offered(Locator policy) {
        return policy.locator(".actions > .buttons button");
    }

    private static void press(Locator policy, String action) {
        offered(policy).filter(new Locator.FilterOptions().setHasText(action)).click();
    }

    private static Page.LocatorOptions containingInPage(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static Locator.LocatorOptions containing(String text) {
        return new Locator.LocatorOptions().setHasText(text);
    }
}
