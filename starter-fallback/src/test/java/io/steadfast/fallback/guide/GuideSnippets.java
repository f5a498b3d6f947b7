package io.steadfast.fallback.guide;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.FailureFilter;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.fallback.Fallback;
import io.steadfast.fallback.FallbackPolicy;
import org.springframework.stereotype.Service;

/** The code of the guide, compiled. */
final class GuideSnippets {

    static final Client client = new Client();

    static final Client primary = client;

    static final Client replica = client;

    static final Cache cache = new Cache();

    private GuideSnippets() {}

    @Service
    class Inventory {

        @Fallback(method = "stockUnknown")
        Stock stock(String id) {
            return client.stock(id);
        }

        private Stock stockUnknown(String id, Throwable failure) {
            return new Stock(id, 0);
        }
    }

    static class Prices {

        @Fallback(method = "priceInstead")
        Price price(String id) {
            return client.price(id);
        }

        private Price priceInstead(String id, CircuitOpenException refusal) {
            return cache.last(id);
        }

        private Price priceInstead(IOException failure) {
            return Price.UNKNOWN;
        }
    }

    static class Offers {

        @Fallback(method = "fromReplica")
        List<Offer> offers() {
            return primary.offers();
        }

        @Fallback(method = "noOffers")
        private List<Offer> fromReplica() {
            return replica.offers();
        }

        private List<Offer> noOffers() {
            return List.of();
        }
    }

    static class Mistaken {

        static class Inventory {

            @Fallback(method = "stockUnknown")
            Stock stock(String id) {
                return client.stock(id);
            }

            private String stockUnknown(String id, Throwable failure) {
                return "";
            }
        }
    }

    static Price plain() throws Exception {
        FallbackPolicy unknown = FallbackPolicy.of("price", (call, failure) -> Price.UNKNOWN);
        Pipeline pipeline = Pipeline.of("price", unknown);
        Price price = pipeline.call(() -> client.price("4711"));
        return price;
    }

    static FallbackPolicy filtered() {
        FailureFilter network = new FailureFilter(List.of(IOException.class), List.of(FileNotFoundException.class));
        FallbackPolicy offline =
                new FallbackPolicy(new PolicyId("fallback", "price"), network, (call, failure) -> Price.UNKNOWN);
        return offline;
    }

    record Stock(String id, int left) {}

    record Offer(String id) {}

    record Price(int cents) {

        static final Price UNKNOWN = new Price(-1);
    }

    static class Cache {

        Price last(String id) {
            return new Price(id.length());
        }
    }

    static class Client {

        Stock stock(String id) {
            throw new IllegalStateException("no answer for " + id);
        }

        Price price(String id) {
            throw new IllegalStateException("no answer for " + id);
        }

        List<Offer> offers() {
            throw new IllegalStateException("no answer");
        }
    }
}
