package io.steadfast.samples.storefront.show;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CrawlerTests {

    private final WireMockServer shop =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final Crawler crawler = new Crawler(meters, new JsonMapper());

    @BeforeEach
    void open() {
        shop.start();
        shop.stubFor(any(anyUrl()).willReturn(okJson("{\"missing\": []}")));
    }

    @AfterEach
    void close() {
        shop.stop();
    }

    @Test
    void whenItIsHere_thenAllItsPagesAreAskedForUnderOneName_andCounted() {
        crawler.come();
        crawler.crawl(URI.create(shop.baseUrl()));
        crawler.crawl(URI.create(shop.baseUrl()));

        await().atMost(Duration.ofSeconds(20)).until(() -> pages() == 2);
        shop.verify(2, anyRequestedFor(anyUrl()).withHeader("X-Customer", equalTo(Crawler.WHO)));
    }

    @Test
    void whenItHasNotComeOrHasLeft_thenItAsksForNothing() {
        crawler.crawl(URI.create(shop.baseUrl()));
        crawler.come();
        crawler.leave();
        crawler.crawl(URI.create(shop.baseUrl()));
        crawler.come();
        crawler.crawl(URI.create(shop.baseUrl()));

        await().atMost(Duration.ofSeconds(20)).until(() -> pages() >= 1);
        shop.verify(1, anyRequestedFor(anyUrl()));
    }

    private double pages() {
        return meters.find(Browser.METER).tags("who", Crawler.WHO, "outcome", "answered").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
