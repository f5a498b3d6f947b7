package io.steadfast.samples.storefront.services;

import java.net.URI;

import io.steadfast.samples.storefront.show.Crawler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Decides whose services the shop calls: its own with {@code --services=inside}, real ones with {@code external}. */
@Configuration(proxyBeanMethods = false)
class ServicesConfiguration {

    /** Requests a second that each service inside can take: enough for the usual visitors and their retries, not for a crawler. */
    private static final int LEAST_CAPACITY = 80;

    @Bean(destroyMethod = "stop")
    @ConditionalOnProperty(name = "services", havingValue = "inside", matchIfMissing = true)
    PretendServices pretendServices(Environment environment) {
        int visitors = environment.getProperty("storefront.traffic.per-second", Integer.class, 0);
        return PretendServices.start(Math.max(LEAST_CAPACITY, 4 * visitors));
    }

    @Bean
    @ConditionalOnBean(PretendServices.class)
    @ConditionalOnBooleanProperty(name = "storefront.trouble", matchIfMissing = true)
    ScriptedTrouble scriptedTrouble(PretendServices inside, Crawler crawler) {
        return new ScriptedTrouble(inside, crawler);
    }

    @Bean
    ServiceUrls serviceUrls(Environment environment, ObjectProvider<PretendServices> inside) {
        String choice = environment.getProperty("services", "inside");
        return switch (choice) {
            case "inside" -> inside.getObject().urls();
            case "external" ->
                new ServiceUrls(
                        url(environment, "catalogue"),
                        url(environment, "stock"),
                        url(environment, "price"),
                        url(environment, "recommendations"));
            default ->
                throw new InvalidConfigurationPropertyValueException(
                        "services", choice, "It is either 'inside' or 'external'.");
        };
    }

    private static URI url(Environment environment, String service) {
        String property = "storefront.services." + service;
        String value = environment.getProperty(property, "");
        if (!value.startsWith("http")) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    value,
                    "With --services=external it must name an address, for example http://localhost:9001.");
        }
        return URI.create(value);
    }
}
