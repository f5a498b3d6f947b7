package io.steadfast.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

/** The system's Chromium. What a page must never do is noted: scripts that fail, warnings, dialogs, requests to other hosts. */
final class Browser implements AutoCloseable {

    private static final Path SHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;

    private final com.microsoft.playwright.Browser chromium;

    private final List<String> misdeeds = new CopyOnWriteArrayList<>();

    Browser() {
        Path program = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "These tests need Chromium at /usr/bin/chromium, and it is not there. Install it (apt-get install chromium), "
                                + "or leave the Maven profile \"installed\" off."));
        playwright = Playwright.create();
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox")));
    }

    /** A page with a window of its own. */
    Page open(String url, com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext window = chromium.newContext(options);
        Page page = window.newPage();
        String host = url.substring(0, url.indexOf('/', "http://".length()) + 1);
        page.onPageError(error -> misdeeds.add("script: " + error));
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log") && !expected(message.text())) {
                misdeeds.add(message.type() + ": " + message.text());
            }
        });
        page.onDialog(dialog -> {
            misdeeds.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(host)) {
                misdeeds.add("request to " + request.url());
            }
        });
        page.navigate(url);
        return page;
    }

    /** The browser reports a server that is gone, and a change that is refused, before the page can deal with it. */
    private static boolean expected(String message) {
        return message.contains("net::ERR_") || message.contains("status of 400");
    }

    List<String> misdeeds() {
        return misdeeds;
    }

    static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
