package io.steadfast.samples.storefront.show;

import org.springframework.stereotype.Component;

/** Where the table goes. Not the log: a table has no time stamps. */
@Component
class Screen {

    void print(String line) {
        System.out.println(line);
    }
}
