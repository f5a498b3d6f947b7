package io.steadfast.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
        properties = {"storefront.trouble=false", "storefront.traffic.enabled=false"})
@DirtiesContext // the servers end with this class, and other tests count threads
class StorefrontTests {

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
    void whenThePriceComesTooLate_thenTheLastKnownOneIsShown() {
        Price known = page("5").price();
        services.of(Service.PRICE).become(Mood.SLOW);

        ProductPage page = page("5");

        assertThat(page.price()).isEqualTo(known.outdated());
        assertThat(page.missing()).containsExactly("price");
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

    private String breakerAfterAVisit() {
        page("8");
        Map<?, ?> call = visitor.get()
                .uri("/actuator/resilience/recommendations")
                .retrieve()
                .body(Map.class);
        return ((List<?>) call.get("pipeline"))
                .stream()
                        .map(policy -> (Map<?, ?>) policy)
                        .filter(policy -> policy.get("policy").equals("circuit-breaker"))
                        .map(policy -> (Map<?, ?>) policy.get("state"))
                        .map(state -> String.valueOf(state.get("state")))
                        .findFirst()
                        .orElseThrow();
    }

    private double attempts(String call) {
        return meters.find("resilience.attempts").tag("name", call).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private ProductPage page(String id) {
        return get(id).getBody();
    }

    private ResponseEntity<ProductPage> get(String id) {
        return visitor.get().uri("/products/{id}", id).retrieve().toEntity(ProductPage.class);
    }
}
