package io.steadfast.spring.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import io.steadfast.spring.ToySections;
import org.junit.jupiter.api.Test;

/** Which values an operator may write, and what the others are told. */
class WantedValuesTests {

    @Test
    void whenAListIsWritten_thenItIsOneText() {
        assertThat(values(Map.of("urls", List.of("http://one", "http://two"))))
                .isEqualTo(Map.of("urls", "http://one,http://two"));
        assertThat(values(Map.of("ports", List.of(80, 81)))).isEqualTo(Map.of("ports", "80,81"));
    }

    @Test
    void whenATableOrAPartOfOneIsWritten_thenPropertiesAreTheWay() {
        for (Map<String, Object> written :
                List.<Map<String, Object>>of(Map.of("weights", "a=1"), Map.of("weights", Map.of("a", 1)))) {
            assertThatThrownBy(() -> values(written))
                    .isInstanceOf(ChangeRefusedException.class)
                    .hasMessage("weights of retry is a table, which no value can stand for: set its entries in"
                            + " properties, and have them read again by ResilienceRefresher.");
        }
        assertThatThrownBy(() -> values(Map.of("weights.a", 1)))
                .hasMessageStartingWith(
                        "weights.a is a part of weights, which is changed as a whole: set its entries in properties");
    }

    @Test
    void whenAPartOfAListIsWritten_thenTheWholeIsAskedFor() {
        assertThatThrownBy(() -> values(Map.of("urls[0]", "http://one")))
                .hasMessage("urls[0] is a part of urls, which is changed as a whole: write all of it under urls.");
        assertThatThrownBy(() -> values(Map.of("[", "x"))).hasMessageStartingWith("retry has no setting '['");
    }

    private static Map<String, String> values(Map<String, Object> written) {
        return WantedValues.of(ToySections.retry(), "retry", written);
    }
}
