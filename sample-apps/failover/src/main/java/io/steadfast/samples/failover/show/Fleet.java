package io.steadfast.samples.failover.show;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** All instances of the stock service. They start with the shop, before it opens, and end with it. */
@Component
public class Fleet implements SmartLifecycle {

    private final List<StockProcess> instances;

    private volatile boolean running;

    Fleet(ShowProperties properties, @Value("${spring.cloud.zookeeper.connect-string}") String registry) {
        this.instances = IntStream.rangeClosed(1, properties.instances())
                .mapToObj(number -> new StockProcess("stock-" + number, registry))
                .toList();
    }

    /**
     * The instances.
     *
     * @return all of them, whether or not they run
     */
    public List<StockProcess> instances() {
        return instances;
    }

    @Override
    public void start() {
        CompletableFuture.allOf(instances.stream().map(StockProcess::start).toArray(CompletableFuture[]::new))
                .join();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        instances.forEach(StockProcess::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which opens late in the order. */
    @Override
    public int getPhase() {
        return 0;
    }
}
