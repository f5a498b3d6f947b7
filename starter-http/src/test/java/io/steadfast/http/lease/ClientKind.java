package io.steadfast.http.lease;

import java.net.URI;
import java.util.concurrent.Callable;

import feign.Client;
import feign.Feign;
import feign.RequestLine;
import feign.Retryer;
import io.steadfast.http.feign.GuardedFeign;
import io.steadfast.http.reactive.GuardedExchanges;
import io.steadfast.http.restclient.GuardedRequests;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** All clients that know of instances, as Boot makes them and as they are made by hand. Each tells the body of the answer. */
enum ClientKind {
    REST_CLIENT {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            return sent(context.getBean(RestClient.Builder.class), method, url);
        }
    },
    REST_CLIENT_MADE_BY_HAND {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            GuardedRequests guard = context.getBean(GuardedRequests.class);
            return sent(RestClient.builder().requestInterceptor(guard), method, url);
        }
    },
    REST_TEMPLATE {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            return text(context.getBean(RestTemplateBuilder.class).build().exchange(url, method, null, String.class));
        }
    },
    WEB_CLIENT {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            return sent(context.getBean(WebClient.Builder.class), method, url);
        }
    },
    WEB_CLIENT_MADE_BY_HAND {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            GuardedExchanges guard = context.getBean(GuardedExchanges.class);
            return sent(WebClient.builder().filter(guard), method, url);
        }
    },
    HTTP_INTERFACE {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            return sent(RestClientAdapter.create(client), method, url);
        }
    },
    REACTIVE_HTTP_INTERFACE {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            WebClient client = context.getBean(WebClient.Builder.class).build();
            return sent(WebClientAdapter.create(client), method, url);
        }
    },
    FEIGN {
        @Override
        String send(ApplicationContext context, HttpMethod method, URI url) {
            FeignApi api = Feign.builder()
                    .client(new Client.Default(null, null))
                    .retryer(Retryer.NEVER_RETRY)
                    .addCapability(context.getBean(GuardedFeign.class))
                    .target(FeignApi.class, "http://nowhere");
            return method == HttpMethod.POST ? api.post(url) : api.get(url);
        }
    };

    /** Sends a request without a body and tells the body of the answer. */
    abstract String send(ApplicationContext context, HttpMethod method, URI url);

    Callable<String> get(ApplicationContext context, String url) {
        return () -> send(context, HttpMethod.GET, URI.create(url));
    }

    Callable<String> post(ApplicationContext context, String url) {
        return () -> send(context, HttpMethod.POST, URI.create(url));
    }

    private static String sent(RestClient.Builder builder, HttpMethod method, URI url) {
        return text(builder.build().method(method).uri(url).retrieve().toEntity(String.class));
    }

    private static String sent(WebClient.Builder builder, HttpMethod method, URI url) {
        return text(builder.build()
                .method(method)
                .uri(url)
                .retrieve()
                .toEntity(String.class)
                .block());
    }

    private static String sent(HttpExchangeAdapter adapter, HttpMethod method, URI url) {
        Api api = HttpServiceProxyFactory.builderFor(adapter).build().createClient(Api.class);
        return text(method == HttpMethod.POST ? api.post(url) : api.get(url));
    }

    private static String text(ResponseEntity<String> answer) {
        return String.valueOf(answer.getBody());
    }

    interface Api {

        @GetExchange
        ResponseEntity<String> get(URI url);

        @PostExchange
        ResponseEntity<String> post(URI url);
    }

    interface FeignApi {

        @RequestLine("GET")
        String get(URI url);

        @RequestLine("POST")
        String post(URI url);
    }
}
