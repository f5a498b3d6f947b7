package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Instance;
import io.steadfast.core.Lease;
import io.steadfast.core.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeasedPlaceTests {

    private static Call call(String name, String pool) {
        Call call = Call.of(name);
        call.route().take(new Given(Instance.of(pool, URI.create("http://10.0.0.1:8080"))));
        return call;
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:8080,      http://stock/left?q=a%20b#c, http://10.0.0.1:8080/left?q=a%20b#c",
        "https://10.0.0.1,          http://stock:99/left,        https://10.0.0.1/left",
        "http://10.0.0.1:8080/shop, http://stock,                http://10.0.0.1:8080/shop",
        "http://10.0.0.1:8080/shop, http://10.0.0.1:8080/left,   http://10.0.0.1:8080/shop/left",
        "http://10.0.0.1:8080/shop, http://10.0.0.1:8080/shopping, http://10.0.0.1:8080/shop/shopping",
        "http://10.0.0.1:8080/shop, http://10.0.0.1:8080/shop/left, http://10.0.0.1:8080/shop/left",
        "http://10.0.0.1:80,        http://10.0.0.1/left,        http://10.0.0.1/left",
        "http://[::1]:8080,         http://user:pw@stock/left,   http://[::1]:8080/left",
        "mailto:stock,              http://stock/left,           http://stock/left"
    })
    void whenARequestGoesToAnInstance_thenOnlyItsPlaceIsAnother(URI instance, URI planned, URI expected) {
        assertThat(LeasedPlace.at(instance, planned)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://stock/left, true",
        "http://STOCK:80/left, true",
        "http://stock.example/left, false",
        "http://stocks/left, false"
    })
    void whenTheHostIsThePool_thenTheLeaseIsMeant(URI uri, boolean meant) {
        assertThat(LeasedPlace.find(null, uri, call("buy", "Stock")) != null).isEqualTo(meant);
    }

    @Test
    void whenThePoolsNameIsNoHostname_thenItIsFoundAllTheSame() {
        assertThat(LeasedPlace.find(null, URI.create("http://my_stock:80/left"), call("buy", "my_stock")))
                .isNotNull();
    }

    @Test
    void whenTheCallIsTheClientsOwn_thenItsLeaseIsMeantWhateverTheHost() {
        HttpTarget target = HttpTarget.at(
                "stock", "http://stock.example", List.of(), HttpRules.defaults(), () -> Pipeline.of("any"));
        URI uri = URI.create("http://stock.example/left");

        assertThat(LeasedPlace.find(target, uri, call("stock", "pool"))).isNotNull();
        assertThat(LeasedPlace.find(target, uri, call("buy", "pool"))).isNull();
    }

    @Test
    void whenThereIsNoCallOrNoLease_thenThereIsNone() {
        assertThat(LeasedPlace.find(null, URI.create("http://stock/"), null)).isNull();
        assertThat(LeasedPlace.find(null, URI.create("http://stock/"), Call.of("buy")))
                .isNull();
    }

    private record Given(Instance instance) implements Lease {

        @Override
        public void leaving(Duration atMost) {
            throw new UnsupportedOperationException();
        }
    }
}
