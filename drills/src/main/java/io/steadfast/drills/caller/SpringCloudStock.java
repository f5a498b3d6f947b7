package io.steadfast.drills.caller;

import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.client.RestClient;

/** Spring Cloud LoadBalancer, by a client that it balances. */
@Configuration(proxyBeanMethods = false)
@Profile("spring-cloud")
class SpringCloudStock {

    @Bean
    @LoadBalanced
    RestClient.Builder loadBalanced(RestClientBuilderConfigurer configurer) {
        return configurer.configure(RestClient.builder());
    }

    @Bean
    StockClient stock(@LoadBalanced RestClient.Builder builder) {
        RestClient http = builder.baseUrl("http://stock").build();
        return id -> http.get().uri("/stock/{id}", id).retrieve().body(String.class);
    }
}
