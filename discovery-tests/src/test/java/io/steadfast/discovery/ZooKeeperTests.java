package io.steadfast.discovery;

import static org.assertj.core.api.Assertions.assertThat;

/** ZooKeeper's client of Spring Cloud, and a real server. */
class ZooKeeperTests extends RegistryContract {

    ZooKeeperTests() {
        super(new ZooKeeperRegistry());
    }

    /** Its client wraps each failure in one that says nothing. */
    @Override
    void whileTheRegistryIsLost(Caller caller) {
        super.whileTheRegistryIsLost(caller);
        assertThat(caller.pool().trouble().orElseThrow()).contains("KeeperErrorCode");
    }
}
