package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.Pool;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;

/** A directory of the application's own may answer with anything. */
class PoolInstancesTests {

    private final ManualTimer timer = new ManualTimer();

    private Pool poolOf(InstanceSource source) {
        FailoverPolicy policy = new FailoverPolicy(
                new PolicyId(FailoverPolicy.KIND, "stock"),
                FailoverConfig.defaults(),
                new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE),
                new PoolInstances("stock", "goods", this, source));
        timer.advanceToNextTask();
        return policy.pool();
    }

    @Test
    void whenTheListHasHoles_thenTheRestCountsUnderThePoolsName() {
        Instance known = Instance.of("goods", URI.create("http://a:1"));
        Pool pool = poolOf(() -> Arrays.asList(null, known));

        assertThat(pool.instances())
                .singleElement()
                .satisfies(state -> assertThat(state.instance().pool()).isEqualTo("stock"));
        assertThat(pool.trouble()).hasValue("the source names an instance that is null");
    }

    @Test
    @SuppressWarnings("NullAway")
    void whenThereIsNoList_thenThatIsTold() {
        assertThat(poolOf(() -> null).trouble()).hasValue("the source answered with null");
    }
}
