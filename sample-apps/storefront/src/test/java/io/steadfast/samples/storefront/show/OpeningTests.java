package io.steadfast.samples.storefront.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OpeningTests {

    private static final ShowProperties USUAL =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("storefront", ShowProperties.class);

    @Test
    void whenTheTableIsExplained_thenEachColumnIs_andTheTextFitsATerminal() {
        List<String> text = Opening.table(USUAL, true);

        assertThat(text).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        for (Figure figure : Figure.values()) {
            assertThat(String.join(" ", text)).contains(figure.title());
        }
        assertThat(String.join(" ", text)).contains("full", "part", "fail", "wait", "crawler");
    }
}
