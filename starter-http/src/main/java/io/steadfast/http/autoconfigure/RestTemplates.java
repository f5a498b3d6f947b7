package io.steadfast.http.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.steadfast.http.restclient.LeasedRequests;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestTemplate;

/**
 * Keeps what sends a request to its instance behind a load balancer, which joins a {@code RestTemplate} when all beans are made. What is
 * made later comes too late for a load balancer, too.
 *
 * @param beans the application's
 */
record RestTemplates(ConfigurableListableBeanFactory beans) implements SmartInitializingSingleton {

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanNamesForType(RestTemplate.class, false, false)) {
            if (beans.getSingleton(name) instanceof RestTemplate template) {
                List<ClientHttpRequestInterceptor> interceptors = new ArrayList<>(template.getInterceptors());
                LeasedRequests.putLast(interceptors);
                template.setInterceptors(interceptors);
            }
        }
    }
}
