package io.steadfast.ratelimiter.autoconfigure;

import io.github.bucket4j.redis.lettuce.cas.LettuceBasedProxyManager;
import io.lettuce.core.AbstractRedisClient;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.SharedLimits;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Lets rate limiters share their limits through Redis, where Bucket4j and Lettuce are on the class path. An application with
 * another store declares a {@link SharedLimits} bean of its own.
 */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({LettuceBasedProxyManager.class, AbstractRedisClient.class})
public final class RedisRateLimiterAutoConfiguration {

    /** Made by Spring. */
    public RedisRateLimiterAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(value = SharedLimits.class, search = SearchStrategy.CURRENT)
    static RedisLimits resilienceRedisLimits(ConfigurableListableBeanFactory beans) {
        return new RedisLimits(new RedisClients(beans), beans.getBean(PolicyRuntime.class));
    }
}
