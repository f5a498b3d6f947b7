package io.steadfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Three hundred calls, all of them busy. */
class ManyCallsTests {

    /** Seconds of script and layout in a second, of which a page needs a tenth to feel slow. Wide, because machines are shared. */
    private static final double MOST = 0.15;

    @Test
    void whenThreeHundredCallsAreBusy_thenAllAreThereAndTheBrowserIsNot() {
        try (Browser browser = new Browser();
                Running market = Running.on(0, Market.class)) {
            Market.Stands stands = market.bean(Market.Stands.class);
            market.withUsers(() -> Market.sell(stands));
            Page page = browser.open("http://localhost:" + market.port() + "/resilience/", DashboardTests.wide());
            assertThat(page.locator(".tile")).hasCount(Market.CALLS);
            assertThat(page.locator(".tile .figures").first()).isVisible();
            page.waitForTimeout(1500);
            Browser.keep(page, "dashboard-300-calls");

            double busy = busy(page);

            System.out.printf("300 busy calls: script, style and layout took %.1f ms of each second%n", busy * 1000);
            assertThat(busy).isLessThan(MOST);
            page.keyboard().press("/");
            page.keyboard().type("stand29");
            assertThat(page.locator(".tile")).hasCount(11);
            assertThat(browser.misdeeds()).isEmpty();
        }
    }

    /** The part of the main thread's time that goes into the page, over five seconds. */
    private static double busy(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("Performance.enable");
        double before = spent(session);
        page.waitForTimeout(5000);
        return (spent(session) - before) / 5;
    }

    private static double spent(CDPSession session) {
        double sum = 0;
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject named = metric.getAsJsonObject();
            switch (named.get("name").getAsString()) {
                case "ScriptDuration", "LayoutDuration", "RecalcStyleDuration" ->
                    sum += named.get("value").getAsDouble();
                default -> {}
            }
        }
        return sum;
    }
}
