package io.steadfast.samples.failover.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import io.steadfast.samples.failover.show.Fleet;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The sample as it is started by its command, without the play. */
class ShopTests {

    @Test
    void whenAnInstanceIsKilled_thenEveryVisitorIsToldByTheOthers() {
        try (ConfigurableApplicationContext shop = ShopApplication.start(
                "--server.port=0", "--show.visitors-per-second=0", "--resilience.timeout.instances.stock.limit=10s")) {
            StockClient stock = shop.getBean(StockClient.class);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> namesOf(stock, 30).size() == 3);

            shop.getBean(Fleet.class).instances().get(0).kill();

            // Which of the two is asked how often is the picker's business: one visitor after the other may well meet
            // the same.
            assertThat(namesOf(stock, 100)).isSubsetOf("stock-2", "stock-3");
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
    }

    private static Set<String> namesOf(StockClient stock, int visitors) {
        Set<String> names = new HashSet<>();
        IntStream.range(0, visitors)
                .forEach(visitor -> names.add(stock.left("7").saidBy()));
        return names;
    }
}
