package io.steadfast.resilience4j.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.resilience4j.retry.annotation.Retry;
import io.steadfast.spring.RefreshResult;
import io.steadfast.spring.ResilienceRefresher;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

/** resilience4j's properties that change while the application runs, in a source that stays the same object. */
class LiveChangeTests {

    private static final String ATTEMPTS = "resilience4j.retry.instances.stock.max-attempts";

    private final Map<String, Object> live = new LinkedHashMap<>(Map.of(ATTEMPTS, 2));

    private final ApplicationContextRunner application = Application.with(Stock.class)
            .withInitializer(context ->
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)));

    @Test
    void whenAValueChangesWithinItsSource_thenItHolds() {
        application.run(context -> {
            assertThat(Application.value(context, "stock", "retry", "max-attempts"))
                    .isEqualTo(2);
            live.put(ATTEMPTS, 5);
            assertThat(context.getBean(ResilienceRefresher.class).refresh().problems())
                    .isEmpty();
            assertThat(Application.value(context, "stock", "retry", "max-attempts"))
                    .isEqualTo(5);
        });
    }

    @Test
    void whenABaseConfigIsNotThere_thenTheWholeChangeIsRefused() {
        application.run(context -> {
            live.put(ATTEMPTS, 5);
            live.put("resilience4j.retry.instances.stock.base-config", "nowhere");
            RefreshResult result = context.getBean(ResilienceRefresher.class).refresh();

            assertThat(result.isRefused()).isTrue();
            assertThat(result.problems().toString()).contains("nowhere");
            assertThat(Application.value(context, "stock", "retry", "max-attempts"))
                    .isEqualTo(2);
        });
    }

    static class Stock {

        @Retry(name = "stock")
        public String left() {
            return "7";
        }
    }
}
