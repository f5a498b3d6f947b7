package io.steadfast.springcloud.loadbalancer;

import java.util.Locale;

import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** The load-balanced clients of {@link LoadBalancedClientsTests}. */
enum BalancedClient {
    REST_CLIENT {
        @Override
        String get(ApplicationContext context, String service) {
            return text(context.getBean("balancedRestClient", RestClient.Builder.class), service);
        }
    },
    REST_CLIENT_WITHOUT_BOOT {
        @Override
        String get(ApplicationContext context, String service) {
            return text(context.getBean("plainRestClient", RestClient.Builder.class), service);
        }
    },
    REST_TEMPLATE {
        @Override
        String get(ApplicationContext context, String service) {
            RestTemplate template = context.getBean(RestTemplate.class);
            return String.valueOf(template.getForObject("http://" + service + "/left", String.class));
        }
    },
    WEB_CLIENT {
        @Override
        String get(ApplicationContext context, String service) {
            return String.valueOf(LoadBalancedClientsTests.webClient(context)
                    .get()
                    .uri("http://" + service + "/left")
                    .retrieve()
                    .bodyToMono(String.class)
                    .block());
        }
    },
    FEIGN {
        @Override
        String get(ApplicationContext context, String service) {
            return service.equals("held")
                    ? context.getBean(LoadBalancedClientsTests.HeldFeign.class).left()
                    : context.getBean(LoadBalancedClientsTests.Feigned.class).left();
        }

        @Override
        String post(ApplicationContext context) {
            return context.getBean(LoadBalancedClientsTests.OrderedFeign.class).order();
        }
    },
    HTTP_SERVICE {
        @Override
        String get(ApplicationContext context, String service) {
            return context.getBean(LoadBalancedClientsTests.Serviced.class).left();
        }
    };

    abstract String get(ApplicationContext context, String service);

    /** To the service {@code ordered}. */
    String post(ApplicationContext context) {
        return String.valueOf(context.getBean("balancedRestClient", RestClient.Builder.class)
                .build()
                .post()
                .uri("http://ordered/orders")
                .retrieve()
                .body(String.class));
    }

    String service() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String text(RestClient.Builder builder, String service) {
        return String.valueOf(builder.build()
                .get()
                .uri("http://" + service + "/left")
                .retrieve()
                .body(String.class));
    }
}
