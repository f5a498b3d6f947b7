package io.steadfast.http.autoconfigure;

import io.steadfast.http.restclient.LeasedRequests;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.client.RestClient;

/** Keeps what sends a request to its instance behind a load balancer, which others put into builders before they are initialized. */
final class RestClientBuilders implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof RestClient.Builder builder) {
            builder.requestInterceptors(LeasedRequests::putLast);
        }
        return bean;
    }
}
