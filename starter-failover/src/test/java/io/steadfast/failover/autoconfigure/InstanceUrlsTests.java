package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Instance;
import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceUrlsTests {

    @Test
    void whenOnlyAnAddressIsGiven_thenTheRestIsUsual() {
        assertThat(read("http://10.0.0.1:8080"))
                .containsExactly(
                        new Instance("stock", "10.0.0.1:8080", URI.create("http://10.0.0.1:8080"), 1, null, Map.of()));
    }

    @Test
    void whenParametersFollow_thenTheyAreWeightZoneIdAndMetadata() {
        assertThat(read(" https://a.example:443/api/ ; weight=2; zone=a ;id=one;rack=7"))
                .containsExactly(new Instance(
                        "stock", "one", URI.create("https://a.example:443/api"), 2, "a", Map.of("rack", "7")));
    }

    @Test
    void whenInstancesShareAHost_thenTheirPathsTellThemApart() {
        assertThat(read("http://gateway/a", "http://gateway/b"))
                .extracting(Instance::id)
                .containsExactly("gateway/a", "gateway/b");
    }

    @Test
    void whenAnAddressIsOfVersionSix_thenItIsOne() {
        assertThat(read("http://[::1]:8080").get(0).uri().getPort()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1:8080                        | is no URL
            inventory                            | is no URL with a scheme and a host, such as http://10.0.0.1:8080
            http:8080                            | is no URL with a scheme and a host
            http:///api                          | is no URL with a scheme and a host
            http://a b                           | is no URL:
            http://a:port                        | has no host that DNS would know, or a port that is no number
            http://a;weight=-1                   | has the weight -1: a weight is 0 or more
            http://a;weight=much                 | has the weight 'much', which is no whole number
            http://a;weight                      | has a parameter 'weight' which is not of the form name=value
            http://a;=2                          | has a parameter '=2' which is not of the form name=value
            http://a;zone=                       | has a parameter 'zone=' which is not of the form name=value
            http://a;zone=a;zone=b               | says its zone twice
            http://a?b=c                         | has a query or a fragment
            """)
    void whenAnEntryIsNoAddress_thenItIsRefusedWithTheReason(String url, String reason) {
        refused(List.of(url), null, "urls has an entry '" + url + "' that " + reason);
    }

    @Test
    void whenAnAddressHasAPassword_thenItIsRefusedWithoutShowingIt() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> read("http://ann:secret@a"))
                .withMessageContaining("has a user or a password in it")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("secret"));
    }

    @Test
    void whenSeveralEntriesAreWrong_thenAllAreReportedAtOnce() {
        refused(List.of("here", "http://a;weight=x", "http://b"), null, "'here'");
        refused(List.of("here", "http://a;weight=x", "http://b"), null, "'http://a;weight=x'");
    }

    @Test
    void whenAnAddressOrAnIdComesTwice_thenItIsRefused() {
        refused(List.of("http://a", "http://a/"), null, "urls names http://a twice");
        refused(List.of("http://a;id=1", "http://b;id=1"), null, "urls has two instances with the id 1");
    }

    @Test
    void whenNobodyHasAnyWeight_thenItIsRefused() {
        refused(List.of("http://a;weight=0", "http://b;weight=0"), null, "gives every instance the weight 0");
        assertThat(read("http://a;weight=0", "http://b")).hasSize(2);
    }

    @Test
    void whenNoInstanceIsInTheOwnZone_thenItIsRefusedNamingTheZonesThereAre() {
        refused(
                List.of("http://a;zone=b", "http://b;zone=a"),
                "c",
                "zone and urls do not go together: no instance is in zone 'c', they are in a, b");
    }

    @Test
    void whenNoAddressNamesAZone_thenTheOwnIsNoMistake() {
        assertThat(new InstanceUrls("stock", List.of("http://a")).read("c")).hasSize(1);
    }

    private static List<Instance> read(String... urls) {
        return new InstanceUrls("stock", List.of(urls)).read(null);
    }

    private static void refused(List<String> urls, String zone, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> new InstanceUrls("stock", urls).read(zone))
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a:0", "http://a:65536", "http://[::1]:99999/api"})
    void whenAPortIsNone_thenItIsRefused(String url) {
        refused(List.of(url), null, "urls has an entry '" + url + "' that has a port that is not between 1 and 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ann:sec/ret@a", "http://ann:sec;ret@a", "http://ann:sec@ret@a"})
    void whenAPasswordIsNotEvenEncoded_thenItIsNotShownEither(String url) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> read(url))
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).doesNotContain("sec").doesNotContain("ret@"));
    }
}
