package io.steadfast.samples.storefront.services;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.client.RestClient;

/** The page with the buttons, the dashboard beside it, and what a push does. Nobody visits, and the script waits. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "storefront.traffic.enabled=false")
@DirtiesContext // the servers end with this class, and other tests count threads
class ButtonsTests {

    @Autowired
    private PretendServices services;

    @Autowired
    private ScriptedTrouble script;

    @LocalServerPort
    private int port;

    @BeforeEach
    void mend() {
        push("?script=true");
    }

    @Test
    void whenTheShopIsOpened_thenThePageAndTheDashboardAreServed() {
        assertThat(get("/").getBody()).contains("shop.js", "resilience/");
        assertThat(get("/shop.js").getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(get("/resilience/").getBody()).contains("<title>Resilience</title>");
        assertThat(get("/resilience/api/snapshot").getBody())
                .contains("\"stock\"", "\"price\"", "\"catalogue\"", "\"recommendations\"", "\"writable\":true");
    }

    @Test
    void whenAButtonIsPushed_thenTheServiceIsBroken_andTheScriptStops() {
        assertThat(push("/price?mood=dead")).isEqualTo(HttpStatus.NO_CONTENT);

        assertThat(services.of(Service.PRICE).mood()).isEqualTo(Mood.DEAD);
        assertThat(script.isPaused()).isTrue();
        assertThat(script.news(5)).isEmpty();
        assertThat(get("/services").getBody()).contains("\"scripted\":false", "{\"name\":\"price\",\"mood\":\"dead\"}");
        assertThat(get("/products/1").getBody()).contains("\"missing\":[\"price\"]");
    }

    @Test
    void whenAllAreMended_thenTheScriptGoesOnIfItIsAsked() {
        push("/price?mood=dead");
        push("/stock?mood=slow");

        push("?script=false");

        assertThat(services.of(Service.PRICE).mood()).isEqualTo(Mood.WELL);
        assertThat(services.of(Service.STOCK).mood()).isEqualTo(Mood.WELL);
        assertThat(script.isPaused()).isTrue();
        push("?script=true");
        assertThat(script.isPaused()).isFalse();
    }

    @Test
    void whenThereIsNoSuchServiceOrMood_thenTheAnswerIs400() {
        assertThat(push("/cellar?mood=dead")).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(push("/price?mood=merry")).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    private ResponseEntity<String> get(String path) {
        return client().get().uri(path).retrieve().toEntity(String.class);
    }

    private HttpStatusCode push(String button) {
        return client().post()
                .uri("/services" + button)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode();
    }

    private RestClient client() {
        return RestClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
    }
}
