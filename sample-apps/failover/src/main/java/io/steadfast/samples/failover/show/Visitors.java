package io.steadfast.samples.failover.show;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.steadfast.samples.failover.shop.Stock;
import io.steadfast.samples.failover.shop.StockClient;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** People who want to know how many are left, whether or not those before them have been told. */
@Component
class Visitors implements DisposableBean {

    private static final int FIRST = 10;

    private final StockClient stock;

    private final ExecutorService browsers = Executors.newCachedThreadPool(task -> {
        Thread browser = new Thread(task, "visitor");
        browser.setDaemon(true);
        return browser;
    });

    private final AtomicLong sent = new AtomicLong();

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

    private final LongAdder failures = new LongAdder();

    private final AtomicLong longestMillis = new AtomicLong();

    Visitors(StockClient stock) {
        this.stock = stock;
    }

    /** Waits until one has been told: the first takes long, because so much is loaded for it, and is not counted. */
    void awaitFirst() throws InterruptedException {
        for (int warm = 0; warm < FIRST; ) {
            try {
                stock.left("1");
                warm++;
            } catch (RuntimeException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Sends the next one. */
    void send() {
        String product = String.valueOf(sent.incrementAndGet() % 20);
        long due = System.nanoTime();
        browsers.execute(() -> ask(product, due));
    }

    private void ask(String product, long due) {
        try {
            Stock answer = stock.left(product);
            answers.computeIfAbsent(answer.saidBy(), name -> new LongAdder()).increment();
        } catch (RuntimeException failure) {
            failures.increment();
        }
        longestMillis.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - due), Math::max);
    }

    /** How many an instance has answered since this was asked last. */
    long answeredBy(String instance) {
        LongAdder answered = answers.get(instance);
        return answered == null ? 0 : answered.sumThenReset();
    }

    /** How many got no answer since this was asked last. */
    long failed() {
        return failures.sumThenReset();
    }

    /** The longest wait since this was asked last. */
    long longestMillis() {
        return longestMillis.getAndSet(0);
    }

    @Override
    public void destroy() {
        browsers.shutdownNow();
    }
}
