package io.steadfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One shop, one page; each test mends what it broke. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTests {

    private static final double TWO_SECONDS = 2000;

    private Browser browser;

    private Running shop;

    private Shop.Stock stock;

    private Shop.Harm harm;

    @BeforeAll
    void start() {
        browser = new Browser();
        shop = Running.on(0, Shop.class);
        stock = shop.bean(Shop.Stock.class);
        harm = shop.bean(Shop.Harm.class);
        shop.withUsers(() -> {
            stock.left("4711");
            stock.price("4711");
        });
    }

    @BeforeEach
    void mend() {
        browser.misdeeds().clear();
        stock.breakDown(false);
    }

    @AfterEach
    void wellBehaved() {
        assertThat(browser.misdeeds())
                .as("errors, warnings, dialogs, requests to other hosts")
                .isEmpty();
    }

    @AfterAll
    void stop() {
        browser.close();
        shop.close();
    }

    @Test
    void whenCallsComeIn_thenTilesAppearAndMove() {
        Page page = open(wide());
        Locator answered = tile(page, "prices").locator(".share[data-outcome=answered] b");
        assertThat(answered).isVisible();

        String before = answered.textContent();

        assertThat(answered).not().hasText(before);
        assertThat(page.locator("#link-text")).hasText("live");
        assertThat(page.locator("#application")).hasText("shop");
    }

    @Test
    void whenABreakerOpensInTheApplication_thenItsTileTurnsWithinTwoSeconds() {
        Page page = open(wide());
        assertThat(tile(page, "stock").locator(".share[data-outcome=answered]")).isVisible();

        stock.breakDown(true);
        Locator open = page.locator("#attention .tile[data-severity='3']", named("stock"));

        assertThat(open).isVisible(new IsVisibleOptions().setTimeout(TWO_SECONDS));
        assertThat(open.locator(".policies li", containing("breaker"))).containsText("open");
        assertThat(open.locator(".share[data-outcome=refused]")).containsText("by circuit-breaker");
        Browser.keep(page, "dashboard-light");
    }

    @Test
    void whenACallIsForcedOpen_thenItIsRefusedUntilTheTimeIsOver() {
        Page page = open(wide());
        tile(page, "prices").locator("a").click();
        Locator breaker = page.locator("dialog .policy", named("circuit-breaker"));
        breaker.getByText("Force open").click();
        // The page offers minutes; a test has seconds.
        page.evalOnSelector("input[name=for]:checked", "input => { input.value = '4s'; }");

        breaker.locator(".apply").click();
        assertThat(breaker.locator(".warning")).containsText("is refused");
        breaker.locator(".apply").click();

        assertThat(breaker.locator(".badge-text")).hasText("forced open");
        Browser.keep(page, "dashboard-detail");
        assertThat(breaker.locator(".badge-text")).not().hasText("forced open", patiently());
        page.keyboard().press("Escape");
        assertThat(page.locator("#changes-count")).hasText("0");
    }

    @Test
    void whenAValueDoesNotFit_thenTheReasonIsShownAndNothingChanges() {
        Page page = open(wide());
        page.navigate(url() + "#call=stock");
        Locator retry = page.locator("dialog .policy", named("retry"));
        retry.locator("summary", containing("built-in")).click();
        retry.getByLabel("Change max-attempts").click();
        retry.locator("input[name=value]").fill("plenty");

        retry.locator(".apply").click();

        assertThat(retry.locator(".problem")).containsText("max-attempts");
        assertThat(page.locator("#changes-count")).hasText("0");
    }

    @Test
    void whenNamesMeanHarm_thenTheyAreShownAndNotRun() {
        harm.quotes();
        harm.backwards();
        harm.endless();
        Page page = open(phone());

        for (String name : List.of(Shop.SCRIPT, Shop.QUOTES, Shop.BACKWARDS, Shop.LONG)) {
            Locator tile = tile(page, name);
            assertThat(tile).hasCount(1);
            tile.locator("a").click();
            assertThat(page.locator("#panel-title")).hasText(name.replace("\u202e", "‹U+202E›"));
            assertThat(page.locator("dialog .policy")).hasCount(1);
            assertThat(page.locator("dialog .problem:visible")).hasCount(0);
            page.keyboard().press("Escape");
        }
        assertThat(page.locator("main img, main script, dialog img, dialog script"))
                .hasCount(0);
        assertThat(scrolls(page)).isFalse();
    }

    @Test
    void whenANameReadsLikeAPath_thenThatCallIsShown_andNoOther() {
        harm.climbing();
        Page page = open(wide());

        tile(page, Shop.CLIMBING).locator("a").click();

        assertThat(page.locator("#panel-title")).hasText(Shop.CLIMBING);
        assertThat(page.locator("dialog .pipeline .end code")).containsText("Harm.climbing");
        assertThat(page.locator("dialog .policy")).hasCount(1);
    }

    @Test
    void whenTheWindowIsAPhone_thenNothingIsWiderThanIt() {
        Page page = open(phone());
        assertThat(tile(page, "stock").locator(".figures")).isVisible();
        assertThat(scrolls(page)).isFalse();
        Browser.keep(page, "dashboard-phone");

        page.navigate(url() + "#call=stock");

        assertThat(page.locator("dialog .policy")).hasCount(3);
        assertThat(scrolls(page)).isFalse();
        assertThat((Boolean) page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth"))
                .isTrue();
    }

    @Test
    void whenTheSystemIsDark_thenThePageIsAndAllTextKeepsItsContrast() {
        Page page = open(wide().setColorScheme(ColorScheme.DARK));
        assertThat(tile(page, "stock").locator(".figures")).isVisible();
        assertThat(Contrast.tooFaint(page)).isEmpty();
        Browser.keep(page, "dashboard-dark");

        page.locator("#theme").click();

        assertThat(page.locator("#theme")).hasText("Light");
        assertThat(Contrast.tooFaint(page)).isEmpty();
        assertThat((String) page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(243, 245, 248)");
    }

    @Test
    void whenThereIsOnlyAKeyboard_thenEverythingIsInReach() {
        Page page = open(wide());
        assertThat(tile(page, "stock").locator(".figures")).isVisible();

        page.keyboard().press("/");
        page.keyboard().type("stock");
        assertThat(page.locator(".tile:visible", named("prices"))).hasCount(0);
        page.keyboard().press("Escape");
        assertThat(tile(page, "prices")).isVisible();
        for (int i = 0; i < 20 && !isOnTile(page); i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("End");
        page.keyboard().press("Home");
        page.keyboard().press("ArrowRight");
        String name = (String) page.evaluate("document.activeElement.textContent");
        page.keyboard().press("Enter");

        assertThat(page.locator("#panel-title")).hasText(name);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).not().isVisible();
        assertThat(isOnTile(page)).isTrue();
    }

    @Test
    void whenAllInstancesAreAskedFor_thenEachCallSaysWhereItRuns() {
        Page page = open(wide());
        page.locator("#view-service").click();

        assertThat(page.locator(".peer")).hasCount(1);
        assertThat(tile(page, "stock").locator(".policies")).containsText("1 instance");
        assertThat(page.locator("#link-text")).hasText("live");
    }

    private static boolean isOnTile(Page page) {
        return (Boolean) page.evaluate("document.activeElement.closest('.tile') !== null");
    }

    private static boolean scrolls(Page page) {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
    }

    private Page open(NewContextOptions options) {
        return browser.open(url(), options);
    }

    private String url() {
        return "http://localhost:" + shop.port() + "/resilience/";
    }

    static NewContextOptions wide() {
        return new NewContextOptions().setViewportSize(1280, 860).setColorScheme(ColorScheme.LIGHT);
    }

    private static NewContextOptions phone() {
        return new NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.LIGHT);
    }

    private static HasTextOptions patiently() {
        return new HasTextOptions().setTimeout(15000);
    }

    private static Locator tile(Page page, String name) {
        return page.locator("#calls .tile")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("a[href='#call=" + encoded(page, name) + "']")));
    }

    private static String encoded(Page page, String name) {
        return ((String) page.evaluate("name => encodeURIComponent(name)", name)).replace("'", "\\'");
    }

    private static Page.LocatorOptions named(String name) {
        return new Page.LocatorOptions().setHasText(name);
    }

    private static Locator.LocatorOptions containing(String text) {
        return new Locator.LocatorOptions().setHasText(text);
    }
}
