package io.steadfast.samples.failover.shop;

import io.steadfast.samples.failover.show.Registry;
import io.steadfast.samples.failover.show.ShowConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Starts the shop, and the play around it. Run it and watch the table; Ctrl-C stops it. */
@SpringBootApplication
@Import(ShowConfiguration.class)
public class ShopApplication {

    /**
     * Starts the shop.
     *
     * @param args Spring properties, such as {@code --show.story=false}
     */
    public static void main(String[] args) {
        start(args);
    }

    static ConfigurableApplicationContext start(String... args) {
        SpringApplication shop = new SpringApplication(ShopApplication.class);
        shop.addInitializers(new Registry());
        return shop.run(args);
    }
}
