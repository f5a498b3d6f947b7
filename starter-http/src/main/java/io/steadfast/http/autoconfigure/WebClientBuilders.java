package io.steadfast.http.autoconfigure;

import io.steadfast.http.reactive.LeasedExchanges;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.function.client.WebClient;

/** Keeps what sends a request to its instance behind a load balancer, which others put into builders before they are initialized. */
final class WebClientBuilders implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof WebClient.Builder builder) {
            builder.filters(LeasedExchanges::putLast);
        }
        return bean;
    }
}
