package io.steadfast.http.restclient;

import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The interceptor in clients that are made in other ways, and among other interceptors. */
class HandBuiltClientTests {

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application =
            HttpScene.withoutWaiting().withPropertyValues(HttpScene.stock(backend.url()));

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void whenAClientIsMadeByHand_thenTheBeanGuardsIt() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            GuardedRequests guard = context.getBean(GuardedRequests.class);

            assertThat(ask(handMade().requestInterceptor(guard))).isEqualTo("status 200");
        });
    }

    @Test
    void whenARestTemplateIsMadeByHand_thenTheBeanGuardsIt() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            RestTemplate template = new RestTemplate();
            template.getInterceptors().add(context.getBean(GuardedRequests.class));

            assertThat(template.getForObject(backend.url() + "/items", String.class))
                    .isEqualTo("status 200");
        });
    }

    @Test
    void whenAClientIsNamed_thenItsRequestsBelongToItWhereverTheyGo() {
        backend.answers(status(503), status(200));
        application
                .withPropertyValues("resilience.http.clients.stock.base-url=http://elsewhere.example")
                .run(context -> {
                    GuardedRequests guard =
                            context.getBean(GuardedRequests.class).named("stock");

                    assertThat(ask(handMade().requestInterceptor(guard))).isEqualTo("status 200");
                });
    }

    @Test
    void whenNoClientHasTheName_thenItIsRefusedWithThoseThereAre() {
        application.run(context -> {
            GuardedRequests guard = context.getBean(GuardedRequests.class);

            assertThatThrownBy(() -> guard.named("stokc"))
                    .hasMessage("No HTTP client is called 'stokc'. Did you mean 'stock'?");
            assertThatThrownBy(() -> guard.named("payments"))
                    .hasMessage("No HTTP client is called 'payments'. Known are stock.");
        });
    }

    @Test
    void whenAClientHasTheInterceptorTwice_thenTheRequestIsGuardedOnce() {
        backend.answers(503);
        application.run(context -> {
            RestClient.Builder builder =
                    context.getBean(RestClient.Builder.class).baseUrl(backend.url());

            assertThatThrownBy(() -> ask(builder.requestInterceptor(context.getBean(GuardedRequests.class))));
            assertThat(backend.requests()).hasSize(3);
        });
    }

    @Test
    void whenThereAreOtherInterceptors_thenTheyRunInsideForEachAttemptOnAFreshRequest() {
        backend.answers(status(503), status(503), status(200));
        List<String> seen = new ArrayList<>();
        ClientHttpRequestInterceptor picker = (request, body, execution) -> {
            seen.add(String.valueOf(request.getHeaders().getFirst("Resilience-Attempt")));
            request.getHeaders().add("X-Instance", "instance " + seen.size());
            return execution.execute(request, body);
        };
        application.run(context -> {
            RestClient.Builder builder =
                    context.getBean(RestClient.Builder.class).baseUrl(backend.url());

            ask(builder.requestInterceptor(picker));

            assertThat(seen).containsExactly("1; max=3", "2; max=3", "3; max=3");
            assertThat(backend.requests())
                    .allMatch(request -> request.header("X-Instance").values().size() == 1);
        });
    }

    @Test
    void whenARestTemplateGetsMoreInterceptors_thenOursComesFirst() {
        application.run(context -> {
            RestTemplate template = context.getBean(RestTemplateBuilder.class)
                    .additionalInterceptors((request, body, execution) -> execution.execute(request, body))
                    .build();
            List<ClientHttpRequestInterceptor> sorted = new ArrayList<>(template.getInterceptors());
            sorted.add(0, (request, body, execution) -> execution.execute(request, body));
            template.setInterceptors(sorted);

            assertThat(template.getInterceptors().get(0)).isInstanceOf(GuardedRequests.class);
        });
    }

    @Test
    void whenAnHttpInterfaceIsOnTop_thenItIsGuardedToo() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class)
                    .baseUrl(backend.url())
                    .build();
            Stock stock = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                    .build()
                    .createClient(Stock.class);

            assertThat(stock.items()).isEqualTo("status 200");
        });
    }

    @Test
    void whenTheBreakerOpensBetweenAttempts_thenTheServersAnswerStands() {
        backend.answers(503);
        application
                .withPropertyValues(
                        "resilience.circuit-breaker.instances.stock.minimum-number-of-calls=1",
                        "resilience.circuit-breaker.instances.stock.sliding-window-size=1")
                .run(context -> {
                    RestClient client = context.getBean(RestClient.Builder.class)
                            .baseUrl(backend.url())
                            .build();

                    int status = client.get()
                            .uri("/items")
                            .exchange((request, response) ->
                                    response.getStatusCode().value());

                    assertThat(status).isEqualTo(503);
                    assertThat(backend.requests()).hasSize(1);
                    assertThat(context.getBean(RecordingListener.class).kinds()).contains(Kind.REFUSED);
                    assertThatThrownBy(
                                    () -> client.get().uri("/items").retrieve().toBodilessEntity())
                            .isInstanceOf(CircuitOpenException.class);
                });
    }

    @Test
    void whenNoClientIsConfiguredForTheUrl_thenTheRequestIsSentAsItIs() {
        backend.answers(503);
        application
                .withPropertyValues("resilience.http.clients.stock.base-url=http://elsewhere.example")
                .run(context -> {
                    assertThatThrownBy(
                            () -> ask(context.getBean(RestClient.Builder.class).baseUrl(backend.url())));
                    assertThat(backend.requests()).hasSize(1);
                    assertThat(backend.sent("Resilience-Attempt")).containsOnlyNulls();
                });
    }

    private RestClient.Builder handMade() {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory(http))
                .baseUrl(backend.url());
    }

    private static String ask(RestClient.Builder builder) {
        return String.valueOf(builder.build().get().uri("/items").retrieve().body(String.class));
    }

    interface Stock {

        @GetExchange("/items")
        String items();
    }
}
