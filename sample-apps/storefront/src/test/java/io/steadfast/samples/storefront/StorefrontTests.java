package io.steadfast.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.steadfast.samples.storefront.services.Mood;
import io.steadfast.samples.storefront.services.PretendServices;
import io.steadfast.samples.storefront.services.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.client.RestClient;

/** The shop with its services inside, which behave as each test says; no script and no visitors. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "storefront.trouble=false",
            "storefront.traffic.enabled=false",
            // A period that does not end during a test, and time enough for answers on a busy machine.
            "resilience.rate-limiter.instances.pages.limit-refresh-period=1h",
            "resilience.timeout.instances.catalogue.limit=2s",
            "resilience.timeout.instances.catalogue.total=10s",
            "resilience.timeout.instances.stock.limit=2s",
            "resilience.timeout.instances.price.limit=1s",
            "resilience.timeout.instances.price.total=4s"
        })
@DirtiesContext // the servers end with this class, and other tests count threads
class StorefrontTests {

    private static final int CROWD = 16;

    /** Each visitor is another customer, unless a test says otherwise. */
    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    private final ExecutorService crowd = Executors.newFixedThreadPool(CROWD);

    @Autowired
    private PretendServices services;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    private RestClient visitor;

    @BeforeEach
    void enter() {
        visitor = RestClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
    }

    @AfterEach
    void recover() {
        crowd.shutdown();
        for (Service service : Service.values()) {
            services.of(service).become(Mood.WELL);
        }
    }

    @Test
    void whenAllIsWell_thenThePageIsComplete() {
        ProductPage page = page("1");

        assertThat(page.product().name()).isNotEmpty();
        assertThat(page.stock().known()).isTrue();
        assertThat(page.price().current()).isTrue();
        assertThat(page.recommendations()).hasSize(2);
        assertThat(page.missing()).isEmpty();
    }

    @Test
    void whenTheCatalogueAnswersEveryThirdRequestWith503_thenRetriesBridgeIt() {
        services.of(Service.CATALOGUE).become(Mood.OVERLOADED);
        double attempts = attempts("catalogue");

        for (int visit = 0; visit < 9; visit++) {
            assertThat(get("2").getStatusCode()).isEqualTo(HttpStatus.OK);
        }

        assertThat(attempts("catalogue") - attempts).isGreaterThan(9);
    }

    @Test
    void whenTheCatalogueIsReallyDown_thenTheVisitorGets503() {
        services.of(Service.CATALOGUE).become(Mood.RESTARTING);

        assertThat(get("3").getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @Test
    void whenThereIsNoSuchProduct_thenTheVisitorGets404AndNothingIsRetried() {
        double attempts = attempts("catalogue");

        assertThat(get("no-such-thing").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);

        assertThat(attempts("catalogue") - attempts).isEqualTo(1);
    }

    @Test
    void whenTheStockIsDown_thenItIsUnknown() {
        services.of(Service.STOCK).become(Mood.RESTARTING);

        assertThat(page("4").stock()).isEqualTo(Stock.UNKNOWN);
    }

    @Test
    void whenThePriceHangs_thenItsAttemptsAreCutOff_andTheLastKnownOneIsShown() {
        Price known = page("5").price();
        services.of(Service.PRICE).become(Mood.HANGING);

        ProductPage page = page("5");

        assertThat(page.price()).isEqualTo(known.outdated());
        assertThat(page.missing()).containsExactly("price");
        assertThat(events("price", "TIMED_OUT")).isBetween(1L, 2L);
        assertThat(gauge("resilience.timeout.still-running", "price")).isZero();
    }

    @Test
    void whenThePriceServiceDropsConnections_thenNobodyGetsAnErrorPage() {
        services.of(Service.PRICE).become(Mood.DROPPING);

        for (int visit = 0; visit < 20; visit++) {
            assertThat(get("6").getStatusCode()).isEqualTo(HttpStatus.OK);
        }
    }

    @Test
    void whenRecommendationsAreDead_thenThePageComesWithoutThem() {
        services.of(Service.RECOMMENDATIONS).become(Mood.DEAD);

        ResponseEntity<ProductPage> answer = get("7");

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getBody().recommendations()).isEmpty();
        assertThat(answer.getBody().missing()).containsExactly("recommendations");
    }

    @Test
    void whenRecommendationsDieAndRecover_thenTheirBreakerOpensAndClosesAgain() {
        services.of(Service.RECOMMENDATIONS).become(Mood.DEAD);
        await().atMost(Duration.ofSeconds(20)).until(() -> breakerAfterAVisit().equals("OPEN"));
        double attempts = attempts("recommendations");
        page("8");
        assertThat(attempts("recommendations")).isEqualTo(attempts);

        services.of(Service.RECOMMENDATIONS).become(Mood.WELL);
        await().atMost(Duration.ofSeconds(20)).until(() -> breakerAfterAVisit().equals("CLOSED"));
        assertThat(page("8").recommendations()).isNotEmpty();
    }

    @Test
    void whenRecommendationsAreSlow_thenFewCallsAreHeld_andAllOthersAnsweredWithoutThem() {
        await().atMost(Duration.ofSeconds(20)).until(() -> breakerAfterAVisit().equals("CLOSED"));
        services.of(Service.RECOMMENDATIONS).become(Mood.SLOW);
        double refusals = refusals("recommendations", "bulkhead");

        List<CompletableFuture<ProductPage>> visits = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> page("9"), crowd))
                .limit(CROWD)
                .toList();
        List<ProductPage> pages = visits.stream().map(CompletableFuture::join).toList();

        int refused = (int) (refusals("recommendations", "bulkhead") - refusals);
        assertThat(refused).isPositive();
        assertThat(pages).filteredOn(page -> page.recommendations().isEmpty()).hasSizeGreaterThanOrEqualTo(refused);
        assertThat(gauge("resilience.bulkhead.limit", "recommendations")).isEqualTo(8);
        assertThat(gauge("resilience.bulkhead.in-flight", "recommendations")).isZero();
    }

    @Test
    void whenOneCustomerAsksTooOften_thenItGets429_andOthersStillGetTheirPages() {
        for (int visit = 0; visit < 10; visit++) {
            assertThat(get("10", "crawler").getStatusCode()).isEqualTo(HttpStatus.OK);
        }
        double attempts = attempts("catalogue");
        double refusals = refusals("pages", "rate-limiter");

        ResponseEntity<?> refused = get("10", "crawler");

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(Integer.parseInt(refused.getHeaders().getFirst("Retry-After")))
                .isBetween(1, 3600);
        assertThat(refusals("pages", "rate-limiter") - refusals).isEqualTo(1);
        assertThat(attempts("catalogue")).isEqualTo(attempts);
        assertThat(get("10", "somebody else").getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    private String breakerAfterAVisit() {
        page("8");
        return this.<Map<String, Object>>listed("recommendations", "pipeline").stream()
                .filter(policy -> policy.get("policy").equals("circuit-breaker"))
                .map(policy -> (Map<?, ?>) policy.get("state"))
                .map(state -> String.valueOf(state.get("state")))
                .findFirst()
                .orElseThrow();
    }

    private long events(String call, String kind) {
        return listed(call, "events").stream()
                .filter(event -> ((Map<?, ?>) event).get("kind").equals(kind))
                .count();
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> listed(String call, String what) {
        Map<?, ?> details = visitor.get()
                .uri("/actuator/resilience/{call}", call)
                .retrieve()
                .body(Map.class);
        return (List<T>) details.get(what);
    }

    private double attempts(String call) {
        return counted(meters.find("resilience.attempts").tag("name", call));
    }

    private double refusals(String call, String policy) {
        return counted(meters.find("resilience.refusals").tag("name", call).tag("policy", policy));
    }

    private static double counted(Search counters) {
        return counters.counters().stream().mapToDouble(Counter::count).sum();
    }

    private double gauge(String meter, String instance) {
        return meters.get(meter).tag("name", instance).gauge().value();
    }

    private ProductPage page(String id) {
        return get(id).getBody();
    }

    private ResponseEntity<ProductPage> get(String id) {
        return get(id, "customer-" + CUSTOMERS.incrementAndGet());
    }

    private ResponseEntity<ProductPage> get(String id, String customer) {
        return visitor.get()
                .uri("/products/{id}", id)
                .header("X-Customer", customer)
                .retrieve()
                .toEntity(ProductPage.class);
    }
}
