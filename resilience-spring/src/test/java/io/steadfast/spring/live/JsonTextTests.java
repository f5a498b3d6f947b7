package io.steadfast.spring.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "a \"quoted\" \\ name",
                "line\nbreak\r\ttab\u0000",
                "\u2028\u2029\u0085",
                "it's & more",
                "Größe 😀",
                ""
            })
    void whenTextIsWritten_thenItIsReadBackTheSame(String text) {
        String json = new JsonText().begin().key("name").string(text).end().toString();

        assertThat(JsonPath.parse(json).<String>read("$.name")).isEqualTo(text);
        assertThat(json).doesNotContain("<", ">", "&", "'", "\n", "\r", "\u2028", "\u2029", "\u0085");
    }

    @Test
    void whenHalfASurrogatePairIsWritten_thenItIsEscaped() {
        assertThat(new JsonText().string("a\ud83d").toString()).isEqualTo("\"a\\ud83d\"");
        assertThat(new JsonText().string("\ude00b").toString()).isEqualTo("\"\\ude00b\"");
    }

    @Test
    void whenANumberHasNoNotation_thenItIsNull() {
        assertThat(new JsonText()
                        .value(Arrays.asList(
                                Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.5, 2.0, 1e300, -3L))
                        .toString())
                .isEqualTo("[null,null,null,1.5,2,1.0E300,-3]");
        assertThat(new JsonText().rounded(Double.NaN).toString()).isEqualTo("null");
    }

    @Test
    void whenValuesAreNested_thenCommasStandBetweenThem() {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("rows", List.of(Map.of("id", 1), Map.of(), List.of()));
        table.put("none", null);
        table.put("sum", new LongAdder());
        table.put("true", true);
        table.put("other", Thread.State.NEW);

        assertThat(new JsonText().value(table).toString())
                .isEqualTo("{\"rows\":[{\"id\":1},{},[]],\"none\":null,\"sum\":0,\"true\":true,\"other\":\"NEW\"}");
    }
}
