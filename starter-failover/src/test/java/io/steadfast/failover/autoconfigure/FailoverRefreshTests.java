package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

import io.steadfast.failover.Failover;
import io.steadfast.failover.Pool;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What the guide says about settings that change while the application runs. */
class FailoverRefreshTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(FailoverAutoConfiguration.class, ResilienceAutoConfiguration.class))
            .withBean(Shop.class)
            .withPropertyValues("resilience.failover.instances.shop.urls=http://10.0.0.1:80,http://10.0.0.2:80");

    @Test
    void whenAddressesChange_thenThePoolStaysAndWhoIsOnBothListsKeepsItsStatistics() {
        application.run(context -> {
            Shop shop = context.getBean(Shop.class);
            Pool pool = new Pools(context.getBean(CallCatalogue.class)).get().get(0);
            for (int i = 0; i < 20; i++) {
                shop.where(null);
            }
            long served = succeeded(pool, "10.0.0.2:80");
            assertThat(served).isPositive();

            change(context, "resilience.failover.instances.shop.urls", "http://10.0.0.2:80,http://10.0.0.3:80");
            context.getBean(ResilienceRefresher.class).refresh();

            assertThat(new Pools(context.getBean(CallCatalogue.class)).get()).containsExactly(pool);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(pool.instances())
                            .extracting(state -> state.instance().id())
                            .containsExactly("10.0.0.2:80", "10.0.0.3:80"));
            assertThat(succeeded(pool, "10.0.0.2:80")).isEqualTo(served);
        });
    }

    @Test
    void whenNewAddressesMakeNoSense_thenNothingIsChanged() {
        application.run(context -> {
            Pool pool = new Pools(context.getBean(CallCatalogue.class)).get().get(0);
            change(context, "resilience.failover.instances.shop.urls", "nowhere");

            assertThat(context.getBean(ResilienceRefresher.class).refresh().problems())
                    .isNotEmpty();

            assertThat(pool.instances()).hasSize(2);
            assertThat(context.getBean(Shop.class).where(null)).isNotNull();
        });
    }

    private static long succeeded(Pool pool, String id) {
        return pool.instances().stream()
                .filter(state -> state.instance().id().equals(id))
                .findFirst()
                .orElseThrow()
                .succeeded();
    }

    private static void change(ConfigurableApplicationContext context, String key, String value) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("later", Map.of(key, value)));
    }

    static class Shop {

        @Failover("shop")
        public URI where(URI instance) {
            return instance;
        }
    }
}
