package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTests {

    @ParameterizedTest
    @CsvSource({
        "abcd,abcd,0",
        "abcd,abc,1",
        "abcd,abcde,1",
        "abcd,abxd,1",
        "abcd,abdc,1",
        "kitten,sitting,3",
        "'',abc,3"
    })
    void whenWordsDiffer_thenEditsAreCounted(String one, String other, int edits) {
        assertThat(Spelling.distance(one, other)).isEqualTo(edits);
    }

    @Property
    void whenWordsAreExchanged_thenTheDistanceIsTheSame(
            @ForAll @AlphaChars @StringLength(max = 8) String one,
            @ForAll @AlphaChars @StringLength(max = 8) String other) {
        int distance = Spelling.distance(one, other);

        assertThat(distance).isEqualTo(Spelling.distance(other, one));
        assertThat(distance).isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
        assertThat(distance == 0).isEqualTo(one.equals(other));
    }
}
