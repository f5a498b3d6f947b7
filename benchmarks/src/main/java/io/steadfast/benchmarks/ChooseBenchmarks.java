package io.steadfast.benchmarks;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.steadfast.core.Instance;
import io.steadfast.core.Pipeline;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.PickerType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * An instance picked for a call, and the outcome booked to it: our pool, as the only policy of a pipeline, beside the choice of Spring
 * Cloud LoadBalancer, which books nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ChooseBenchmarks {

    /** How many instances there are. */
    @Param({"10", "1000"})
    public int instances = 10;

    private final Request<?> request = new DefaultRequest<>();

    Callable<String> body = () -> "4711";

    FailoverPolicy twoChoices;

    FailoverPolicy rounds;

    Pipeline byTwoChoices;

    Pipeline byRounds;

    RoundRobinLoadBalancer loadBalancer;

    /** Builds both sides; our first call waits for the list of instances. */
    @Setup
    public void start() throws Exception {
        twoChoices = policy(PickerType.PEAK_EWMA);
        rounds = policy(PickerType.ROUND_ROBIN);
        byTwoChoices = Pipeline.of("stock", twoChoices);
        byRounds = Pipeline.of("stock", rounds);
        byTwoChoices.call(body);
        byRounds.call(body);
        loadBalancer = loadBalancer();
    }

    /** Ends the asking for instances. */
    @TearDown
    public void stop() {
        twoChoices.close();
        rounds.close();
    }

    /** Picked by two random choices, called, settled. */
    @Benchmark
    public String twoChoices() throws Exception {
        return byTwoChoices.call(body);
    }

    /** Picked in turn, called, settled. */
    @Benchmark
    public String roundRobin() throws Exception {
        return byRounds.call(body);
    }

    /** Chosen in turn, as a blocking client of Spring Cloud LoadBalancer does. */
    @Benchmark
    public ServiceInstance springCloud() {
        Response<ServiceInstance> response = loadBalancer.choose(request).block();
        return response == null ? null : response.getServer();
    }

    private FailoverPolicy policy(PickerType picker) {
        List<Instance> all = IntStream.range(0, instances)
                .mapToObj(i -> Instance.of("stock", URI.create("http://stock-" + i + ":8080")))
                .toList();
        return FailoverPolicy.of(
                "stock", FailoverConfig.builder().picker(picker).build(), InstanceSource.of(all));
    }

    private RoundRobinLoadBalancer loadBalancer() {
        List<ServiceInstance> all = IntStream.range(0, instances)
                .<ServiceInstance>mapToObj(i -> new DefaultServiceInstance("i" + i, "stock", "stock-" + i, 8080, false))
                .toList();
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("instances", new FixedList(all));
        return new RoundRobinLoadBalancer(beans.getBeanProvider(ServiceInstanceListSupplier.class), "stock");
    }

    /** A list that does not change. */
    private record FixedList(List<ServiceInstance> all) implements ServiceInstanceListSupplier {

        @Override
        public String getServiceId() {
            return "stock";
        }

        @Override
        public Flux<List<ServiceInstance>> get() {
            return Flux.just(all);
        }
    }
}
