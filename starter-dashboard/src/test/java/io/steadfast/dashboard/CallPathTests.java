package io.steadfast.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that name a call, and paths that become another one on their way. */
class CallPathTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/r/api/calls/stock",
                "/calls/a/b",
                "/calls/a%2Fb",
                "/calls/..a",
                "/calls/a..b",
                "/calls/...",
                "/calls/%C3%BC"
            })
    void whenNothingIsLeftOut_thenItIsExact(String path) {
        assertThat(CallPath.isExact(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/calls/x/../stock", "/calls/x/%2e%2E/stock", "/calls/x/.%2e/stock", "/calls/./stock",
                        "/calls/x/..%5Cstock",
                "/calls/..\\stock", "/calls/stock;a=b", "/calls//stock", "/calls/stock/", "/calls/.."
            })
    void whenPartOfItIsResolvedOrLeftOut_thenItIsNot(String path) {
        assertThat(CallPath.isExact(path)).isFalse();
    }
}
