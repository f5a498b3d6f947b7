package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFailuresTests {

    @ParameterizedTest
    @CsvSource({
        "http://stock:8080/1,Connection refused: stock/10.0.0.1:8080,true",
        "http://stock/1,Connection refused: stock/10.0.0.1:80,true",
        "https://stock/1,Connect to https://stock:443 [stock/10.0.0.1] failed: Connection refused,true",
        "http://stock:8080/1,Connection refused,true",
        "http://stock:8080/1,Connection refused: elsewhere/10.0.0.2:9090,false",
        "http://stock/1,Connection refused: elsewhere/10.0.0.2:443,false"
    })
    void whenAConnectionFails_thenTheRequestNeverLeftUnlessItWasToAnotherPlace(URI uri, String message, boolean never) {
        assertThat(HttpFailures.neverLeft(new IllegalStateException(new ConnectException(message)), uri))
                .isEqualTo(never);
    }

    @Test
    void whenTheFailureOrThePlaceIsUnknown_thenItIsBelieved() {
        assertThat(HttpFailures.neverLeft(new ConnectException(), URI.create("http://stock:8080/1")))
                .isTrue();
        assertThat(HttpFailures.neverLeft(new ConnectException("x:1"), null)).isTrue();
    }
}
