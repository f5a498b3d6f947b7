package io.steadfast.springcloud.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.InstanceState;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;

class OpenLeasesTests {

    private static final URI ADDRESS = URI.create("http://10.0.0.1:8080");

    private final ManualTimer timer = new ManualTimer();

    private final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE);

    private final FailoverPolicy pool = new FailoverPolicy(
            new PolicyId(FailoverPolicy.KIND, "stock"),
            FailoverConfig.defaults(),
            runtime,
            InstanceSource.of(List.of(Instance.of("stock", ADDRESS))));

    private final OpenLeases open = new OpenLeases(runtime);

    private final Request<Object> request = new DefaultRequest<>();

    @BeforeEach
    void list() {
        timer.advance(Duration.ofMillis(1)); // the first list
    }

    private int inFlight() {
        return pool.pool().instances().stream()
                .mapToInt(InstanceState::inFlight)
                .sum();
    }

    @Test
    void whenARequestBegins_thenItsInstanceServesItUntilItEnds() {
        open.begin(request, pool, ADDRESS);
        assertThat(inFlight()).isEqualTo(1);

        open.end(request, OpenLeases.Ended::succeeded);

        assertThat(inFlight()).isZero();
        assertThat(pool.pool().instances().get(0).succeeded()).isEqualTo(1);
    }

    @Test
    void whenARequestEndsTwice_thenItCountsOnce() {
        open.begin(request, pool, ADDRESS);

        open.end(request, OpenLeases.Ended::succeeded);
        open.end(request, OpenLeases.Ended::succeeded);
        open.abandon(request);

        assertThat(pool.pool().instances().get(0).succeeded()).isEqualTo(1);
        assertThat(inFlight()).isZero();
    }

    @Test
    void whenTwoRequestsAreEqual_thenEachIsItself() {
        Request<Object> equal = new DefaultRequest<>();
        open.begin(request, pool, ADDRESS);
        open.begin(equal, pool, ADDRESS);

        open.abandon(equal);

        assertThat(inFlight()).isEqualTo(1);
    }

    @Test
    void whenARequestIsSentAgainBeforeItHasEnded_thenOnlyTheSecondIsUnderWay() {
        open.begin(request, pool, ADDRESS);
        open.begin(request, pool, ADDRESS);

        assertThat(inFlight()).isEqualTo(1);
    }

    @Test
    void whenTheEndOfARequestIsNeverSaid_thenItIsGivenBackAndCountsForNothing() {
        open.begin(request, pool, ADDRESS);

        timer.advance(Duration.ofMinutes(20));

        assertThat(inFlight()).isZero();
        assertThat(open.size()).isZero();
        assertThat(pool.pool().instances().get(0).failed()).isZero();
    }

    @Test
    void whenOthersHaveBegunLater_thenTheyAreNotGivenBackWithIt() {
        Request<Object> later = new DefaultRequest<>();
        open.begin(request, pool, ADDRESS);
        timer.advance(Duration.ofMinutes(9));
        open.begin(later, pool, ADDRESS);

        timer.advance(Duration.ofMinutes(1));

        assertThat(inFlight()).isEqualTo(1);
        open.end(later, OpenLeases.Ended::succeeded);
        assertThat(inFlight()).isZero();
    }

    @Test
    void whenTheInstanceIsNotInThePool_thenNothingIsBooked() {
        open.begin(request, pool, URI.create("http://10.0.0.2:8080"));

        assertThat(open.size()).isZero();
        assertThat(inFlight()).isZero();
    }
}
