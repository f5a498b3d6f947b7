package io.steadfast.samples.storefront.services;

import java.util.List;

/** The services behind the shop, and what they answer when they are well. */
public enum Service {
    /** What a product is. */
    CATALOGUE {
        @Override
        String answer(String product) {
            return "{\"id\": \"%s\", \"name\": \"%s\"}".formatted(product, NAMES.get(number(product) % NAMES.size()));
        }
    },
    /** How many are left. */
    STOCK {
        @Override
        String answer(String product) {
            return "{\"left\": %d, \"known\": true}".formatted(3 + number(product) % 7);
        }
    },
    /** What a product costs. */
    PRICE {
        @Override
        String answer(String product) {
            return "{\"amount\": %d.90, \"currency\": \"EUR\", \"current\": true}".formatted(4 + number(product) % 30);
        }
    },
    /** What else to buy. */
    RECOMMENDATIONS {
        @Override
        String answer(String product) {
            return "[\"%d\", \"%d\"]".formatted(number(product) % 20 + 1, (number(product) + 6) % 20 + 1);
        }
    };

    private static final List<String> NAMES = List.of("Teapot", "Lantern", "Compass", "Kettle", "Anchor");

    abstract String answer(String product);

    private static int number(String product) {
        return Math.floorMod(product.hashCode(), 1000);
    }
}
