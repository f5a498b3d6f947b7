package io.steadfast.samples.failover.stock;

import java.io.IOException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** One instance of the stock service. It says on its standard output when it is ready, and takes its moods from its standard input. */
@SpringBootApplication
public class StockApplication {

    /**
     * Runs it until its starter ends, in whatever way: then its standard input ends, too.
     *
     * @param args Spring properties
     * @throws IOException never
     */
    public static void main(String[] args) throws IOException {
        System.setProperty("spring.config.name", "stock");
        ConfigurableApplicationContext context = SpringApplication.run(StockApplication.class, args);
        System.out.println("READY");
        StockController stock = context.getBean(StockController.class);
        for (int order = System.in.read(); order != -1; order = System.in.read()) {
            if (order == 'E' || order == 'W') {
                stock.err(order == 'E');
            }
        }
        Runtime.getRuntime().halt(1);
    }
}
