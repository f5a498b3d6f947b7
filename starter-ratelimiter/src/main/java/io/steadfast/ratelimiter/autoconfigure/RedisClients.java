package io.steadfast.ratelimiter.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * The application's Redis client: a bean of that type, or else the one that Spring Data's connection factory has made of
 * {@code spring.data.redis.*}. Looked for by definitions at start-up, so that nothing is made too early; fetched when a
 * connection is opened.
 */
final class RedisClients implements Supplier<AbstractRedisClient> {

    private static final String CONNECTION_FACTORY =
            "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory";

    private final ConfigurableListableBeanFactory beans;

    RedisClients(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Makes sure that there is a client, and no doubt about which.
     *
     * @throws InvalidSettingsException if there is not
     */
    void require() {
        find();
    }

    @Override
    public AbstractRedisClient get() {
        Object found = beans.getBean(find());
        return found instanceof AbstractRedisClient client ? client : FromSpringData.client(found);
    }

    private String find() {
        String name = theOne(AbstractRedisClient.class);
        if (name == null && ClassUtils.isPresent(CONNECTION_FACTORY, beans.getBeanClassLoader())) {
            name = theOne(FromSpringData.type());
        }
        if (name == null) {
            throw refusal("is shared, but the application has no Redis client: set spring.data.redis.* with"
                    + " spring-boot-starter-data-redis on the class path, or declare a bean of type RedisClient or"
                    + " RedisClusterClient");
        }
        return name;
    }

    private @Nullable String theOne(Class<?> type) {
        String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false);
        if (names.length <= 1) {
            return names.length == 0 ? null : names[0];
        }
        List<String> primary = new ArrayList<>(List.of(names));
        primary.removeIf(name -> !beans.containsBeanDefinition(name)
                || !beans.getMergedBeanDefinition(name).isPrimary());
        if (primary.size() == 1) {
            return primary.get(0);
        }
        throw refusal("is shared, but it is not clear where: there are " + names.length + " beans of type "
                + type.getSimpleName() + ", " + String.join(", ", Arrays.asList(names)) + "; make one of them primary");
    }

    private static InvalidSettingsException refusal(String reason) {
        return new InvalidSettingsException(List.of(new Problem(List.of("scope"), reason)));
    }

    /** Apart, because Spring Data may be absent. */
    private static final class FromSpringData {

        static Class<?> type() {
            return LettuceConnectionFactory.class;
        }

        static AbstractRedisClient client(Object factory) {
            return ((LettuceConnectionFactory) factory).getRequiredNativeClient();
        }
    }
}
