package io.steadfast.samples.failover.show;

import java.util.Map;

import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A real ZooKeeper of one node, inside this process. Instances register there; the shop reads there who they are. It starts before the
 * shop, which looks for it, and ends with the process.
 */
public final class Registry implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Shortest session: two of these. */
    private static final int TICK_MILLIS = 500;

    /** Made by the shop. */
    public Registry() {}

    @Override
    public void initialize(ConfigurableApplicationContext shop) {
        shop.getEnvironment()
                .getPropertySources()
                .addLast(new MapPropertySource("registry", Map.of("spring.cloud.zookeeper.connect-string", start())));
    }

    private static String start() {
        try {
            InstanceSpec node = new InstanceSpec(null, -1, -1, -1, true, 1, TICK_MILLIS, -1, Map.of(), "127.0.0.1");
            return new TestingServer(node, true).getConnectString();
        } catch (Exception failure) {
            throw new IllegalStateException("The registry does not start", failure);
        }
    }
}
