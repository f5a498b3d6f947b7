package io.steadfast.discovery;

import java.util.Map;

import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** A real ZooKeeper server, by Curator's test kit. What it knows is on disk and survives its absence. */
final class ZooKeeperRegistry implements Registry {

    private final TestingServer server;

    ZooKeeperRegistry() {
        try {
            server = new TestingServer(
                    new InstanceSpec(
                            null,
                            Loopback.freePort(),
                            -1,
                            -1,
                            true,
                            -1,
                            500,
                            -1,
                            Map.of("clientPortAddress", Loopback.HOST),
                            Loopback.HOST),
                    false);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void start() {
        try {
            server.restart();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void stop() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public String[] client() {
        return new String[] {
            "spring.cloud.zookeeper.enabled=true",
            "spring.cloud.zookeeper.connect-string=" + server.getConnectString(),
            "spring.cloud.zookeeper.connection-timeout=1s",
            "spring.cloud.zookeeper.session-timeout=5s",
            "spring.cloud.zookeeper.max-retries=1"
        };
    }

    @Override
    public String[] instance(String zone, int weight) {
        return new String[] {
            "spring.cloud.zookeeper.discovery.instance-host=" + Loopback.HOST,
            "spring.cloud.zookeeper.discovery.metadata.zone=" + zone,
            "spring.cloud.zookeeper.discovery.metadata.weight=" + weight
        };
    }
}
