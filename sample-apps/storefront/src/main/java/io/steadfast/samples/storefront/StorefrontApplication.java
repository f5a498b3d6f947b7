package io.steadfast.samples.storefront;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the shop. Run it and watch the table; Ctrl-C stops it. */
@SpringBootApplication
public class StorefrontApplication {

    /**
     * Starts the shop.
     *
     * @param args Spring properties, such as {@code --services=external}
     */
    public static void main(String[] args) {
        SpringApplication.run(StorefrontApplication.class, args);
    }
}
