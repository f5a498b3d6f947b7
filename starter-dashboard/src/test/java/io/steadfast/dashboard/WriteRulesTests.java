package io.steadfast.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change comes from the page itself, or not at all. */
class WriteRulesTests {

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    WriteRulesTests() {
        headers.put("Content-Type", "application/json");
        headers.put("X-Steadfast", "dashboard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;charset=UTF-8", "Application/JSON ; charset=utf-8"})
    void whenThePageSendsJson_thenItMayGoOn(String type) {
        headers.put("Content-Type", type);

        assertThat(refusal("shop:8080")).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "text/plain;application/json",
                "application/jsonp"
            })
    void whenAFormCouldSendIt_thenItIsRefused(@Nullable String type) {
        headers.remove("Content-Type");
        if (type != null) {
            headers.put("Content-Type", type);
        }

        assertThat(refusal("shop:8080")).map(Answer::status).hasValue(415);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Dashboard", "dashboard, dashboard", "1"})
    void whenThePagesHeaderIsMissingOrAnother_thenItIsRefused(@Nullable String value) {
        headers.remove("X-Steadfast");
        if (value != null) {
            headers.put("X-Steadfast", value);
        }

        assertThat(refusal("shop:8080")).map(Answer::status).hasValue(403);
    }

    @ParameterizedTest
    @CsvSource({"same-origin, true", "same-site, false", "cross-site, false", "none, false", "SAME-ORIGIN, false"})
    void whenTheBrowserSaysWhereItComesFrom_thenOnlyTheSameOriginMay(String site, boolean may) {
        headers.put("Sec-Fetch-Site", site);
        headers.put("Origin", "http://shop:8080");

        assertThat(refusal("shop:8080").isEmpty()).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop:8080, shop:8080, true",
        "http://SHOP:8080, shop:8080, true",
        "https://shop, shop, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://shop:8081, shop:8080, false",
        "http://shop, shop:8080, false",
        "http://evil.example, shop:8080, false",
        "http://shop:8080@evil.example, shop:8080, false",
        "http://shop:8080.evil.example, shop:8080, false",
        "null, shop:8080, false",
        "http://, shop:8080, false",
        "'', shop:8080, false"
    })
    void whenTheBrowserOnlySaysTheOrigin_thenItMustBeThisHostAndPort(String origin, String host, boolean may) {
        headers.put("Origin", origin);

        assertThat(refusal(host).isEmpty()).isEqualTo(may);
    }

    @Test
    void whenTheHostIsNotKnown_thenNoOriginIsTheSame() {
        headers.put("Origin", "http://shop:8080");

        assertThat(refusal(null)).map(Answer::status).hasValue(403);
    }

    private Optional<Answer> refusal(@Nullable String host) {
        return WriteRules.refusal(headers::get, host);
    }
}
