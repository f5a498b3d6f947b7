package io.steadfast.http.restclient;

import java.io.IOException;

import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.DefaultResponseErrorHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.RestTemplate;

/** The ways to use Spring's blocking clients, as Boot's builders make them. Each tells the status of the answer it got in the end. */
enum ClientKind {
    REST_CLIENT {
        @Override
        int send(ApplicationContext context, HttpMethod method, String url) {
            try {
                return restClient(context)
                        .method(method)
                        .uri(url)
                        .retrieve()
                        .toEntity(String.class)
                        .getStatusCode()
                        .value();
            } catch (RestClientResponseException thrown) {
                return thrown.getStatusCode().value();
            }
        }
    },
    REST_CLIENT_THAT_DOES_NOT_THROW {
        @Override
        int send(ApplicationContext context, HttpMethod method, String url) {
            return restClient(context)
                    .method(method)
                    .uri(url)
                    .retrieve()
                    .onStatus(status -> true, (request, response) -> {})
                    .toEntity(String.class)
                    .getStatusCode()
                    .value();
        }
    },
    REST_CLIENT_EXCHANGE {
        @Override
        int send(ApplicationContext context, HttpMethod method, String url) {
            return restClient(context)
                    .method(method)
                    .uri(url)
                    .exchange((request, response) -> response.getStatusCode().value());
        }
    },
    REST_TEMPLATE {
        @Override
        int send(ApplicationContext context, HttpMethod method, String url) {
            try {
                return restTemplate(context)
                        .exchange(url, method, null, String.class)
                        .getStatusCode()
                        .value();
            } catch (RestClientResponseException thrown) {
                return thrown.getStatusCode().value();
            }
        }
    },
    REST_TEMPLATE_THAT_DOES_NOT_THROW {
        @Override
        int send(ApplicationContext context, HttpMethod method, String url) {
            RestTemplate template = restTemplate(context);
            template.setErrorHandler(new DefaultResponseErrorHandler() {
                @Override
                public boolean hasError(ClientHttpResponse response) throws IOException {
                    return false;
                }
            });
            return template.exchange(url, method, null, String.class)
                    .getStatusCode()
                    .value();
        }
    };

    /** Sends a request without a body and tells the status of the last answer. */
    abstract int send(ApplicationContext context, HttpMethod method, String url);

    private static RestClient restClient(ApplicationContext context) {
        return context.getBean(RestClient.Builder.class).build();
    }

    private static RestTemplate restTemplate(ApplicationContext context) {
        return context.getBean(RestTemplateBuilder.class).build();
    }
}
