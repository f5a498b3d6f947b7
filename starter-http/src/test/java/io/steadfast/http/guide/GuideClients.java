package io.steadfast.http.guide;

import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.Retryer;
import io.steadfast.http.feign.GuardedFeign;
import io.steadfast.http.reactive.GuardedExchanges;
import io.steadfast.http.restclient.GuardedRequests;
import io.steadfast.retry.Retry;
import io.steadfast.spring.Resilient;
import io.steadfast.test.RecordingListener;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.ImportHttpServices;
import reactor.core.publisher.Mono;

/** The clients that {@code docs/guide/http.md} shows, line by line. */
final class GuideClients {

    private GuideClients() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        AnnotatedInventory.class,
        Inventory.class,
        OldInventory.class,
        ReactiveInventory.class,
        ByHand.class,
        FeignByHand.class,
        Orders.class
    })
    @EnableFeignClients(clients = FeignStock.class)
    @ImportHttpServices(group = "inventory", types = ImportedStockApi.class)
    static class Shop {

        @Bean
        static RecordingListener listener() {
            return new RecordingListener();
        }

        @Bean
        StockApi stockApi(RestClient.Builder builder, @Value("${inventory.url}") String url) {
            RestClientAdapter adapter =
                    RestClientAdapter.create(builder.baseUrl(url).build());
            return HttpServiceProxyFactory.builderFor(adapter).build().createClient(StockApi.class);
        }

        @Bean
        ReactiveStockApi reactiveStockApi(WebClient.Builder builder, @Value("${inventory.url}") String url) {
            WebClientAdapter adapter =
                    WebClientAdapter.create(builder.baseUrl(url).build());
            return HttpServiceProxyFactory.builderFor(adapter).build().createClient(ReactiveStockApi.class);
        }
    }

    /** Its client is a stranger's: only the annotation guards it. */
    @Component
    static class AnnotatedInventory {

        private final RestClient client;

        AnnotatedInventory(RestClient.Builder builder, @Value("${inventory.url}") String url) {
            this.client = builder.baseUrl(url).build();
        }

        @Resilient("inventory")
        public String stock(String product) {
            return client.get().uri("/stock/{product}", product).retrieve().body(String.class);
        }
    }

    @Component
    static class Inventory {

        private final RestClient client;

        Inventory(RestClient.Builder builder, @Value("${inventory.url}") String url) {
            this.client = builder.baseUrl(url).build();
        }

        public String stock(String product) {
            return client.get().uri("/stock/{product}", product).retrieve().body(String.class);
        }
    }

    @Component
    static class OldInventory {

        private final RestTemplate client;

        OldInventory(RestTemplateBuilder builder, @Value("${inventory.url}") String url) {
            this.client = builder.baseUri(url).build();
        }

        public String stock(String product) {
            return client.getForObject("/stock/{product}", String.class, product);
        }
    }

    @Component
    static class ReactiveInventory {

        private final WebClient client;

        ReactiveInventory(WebClient.Builder builder, @Value("${inventory.url}") String url) {
            this.client = builder.baseUrl(url).build();
        }

        public Mono<String> stock(String product) {
            return client.get().uri("/stock/{product}", product).retrieve().bodyToMono(String.class);
        }
    }

    @HttpExchange("/stock")
    interface StockApi {

        @GetExchange("/{product}")
        @Retry("inventory")
        String stock(@PathVariable String product);
    }

    @HttpExchange("/stock")
    interface ImportedStockApi {

        @GetExchange("/{product}")
        String stock(@PathVariable String product);
    }

    @HttpExchange("/stock")
    interface ReactiveStockApi {

        @GetExchange("/{product}")
        Mono<String> stock(@PathVariable String product);
    }

    @FeignClient(name = "stock", url = "${inventory.url}")
    interface FeignStock {

        @GetMapping("/stock/{product}")
        String stock(@PathVariable("product") String product);
    }

    interface PlainFeignStock {

        @RequestLine("GET /stock/{product}")
        String stock(@Param("product") String product);
    }

    @Component
    static class FeignByHand {

        private final PlainFeignStock client;

        FeignByHand(GuardedFeign guard, @Value("${inventory.url}") String url) {
            this.client = Feign.builder()
                    .addCapability(guard.named("inventory"))
                    .retryer(Retryer.NEVER_RETRY)
                    .target(PlainFeignStock.class, url);
        }

        public String stock(String product) {
            return client.stock(product);
        }
    }

    @Component
    static class ByHand {

        private final RestClient client;

        private final WebClient reactiveClient;

        ByHand(GuardedRequests requests, GuardedExchanges exchanges, @Value("${inventory.url}") String url) {
            this.client = RestClient.builder()
                    .requestInterceptor(requests.named("inventory"))
                    .baseUrl(url)
                    .build();
            this.reactiveClient = WebClient.builder()
                    .filter(exchanges.named("inventory"))
                    .baseUrl(url)
                    .build();
        }

        public String blocking(String product) {
            return client.get().uri("/stock/{product}", product).retrieve().body(String.class);
        }

        public Mono<String> reactive(String product) {
            return reactiveClient
                    .get()
                    .uri("/stock/{product}", product)
                    .retrieve()
                    .bodyToMono(String.class);
        }
    }

    @Component
    static class Orders {

        private final RestClient client;

        Orders(RestClient.Builder builder, @Value("${inventory.url}") String url) {
            this.client = builder.baseUrl(url).build();
        }

        public String order(String product) {
            return client.post().uri("/orders").body(product).retrieve().body(String.class);
        }

        public String order(String product, String orderId) {
            return client.post()
                    .uri("/orders")
                    .header("Idempotency-Key", orderId)
                    .body(product)
                    .retrieve()
                    .body(String.class);
        }
    }
}
