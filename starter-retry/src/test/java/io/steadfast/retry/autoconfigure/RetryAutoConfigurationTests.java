package io.steadfast.retry.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

import io.steadfast.retry.Retry;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.Resilient;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RetryAutoConfigurationTests {

    private final ApplicationContextRunner alone =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RetryAutoConfiguration.class));

    private final ApplicationContextRunner application = alone.withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(RetryAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStartsWithTheProvider() {
        alone.run(context -> assertThat(context).hasNotFailed().hasSingleBean(PolicyProvider.class));
    }

    @Test
    void whenMicrometerAndActuatorAreAbsent_thenTheContextStartsAndRetries() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Stock.class).left(2)).isEqualTo("answer at attempt 3");
                });
    }

    @Test
    void whenAMethodIsAnnotated_thenItIsRetried() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);

            assertThat(stock.left(2)).isEqualTo("answer at attempt 3");
            stock.forget();
            assertThatThrownBy(() -> stock.left(3))
                    .isInstanceOf(IOException.class)
                    .hasMessage("attempt 3");
        });
    }

    @Test
    void whenAttributesAreSet_thenTheyWinOverTheDefaultsAndLoseAgainstTheInstance() {
        application
                .withPropertyValues("resilience.retry.defaults.max-attempts=4")
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);

                    assertThat(stock.left(3)).isEqualTo("answer at attempt 4");
                    stock.forget();
                    assertThatThrownBy(() -> stock.reserve(2)).hasMessage("attempt 2");
                });
        application
                .withPropertyValues("resilience.retry.instances.reservation.max-attempts=6")
                .run(context ->
                        assertThat(context.getBean(Stock.class).reserve(5)).isEqualTo("answer at attempt 6"));
    }

    @Test
    void whenTheAnnotationHasAWaitDuration_thenItsPlaceholderIsResolved() {
        application
                .withPropertyValues("shop.wait=0", "resilience.retry.defaults.wait-duration=1s")
                .run(context -> {
                    context.getBean(Stock.class).reserve(1);

                    assertThat(context.getBean(ManualTimer.class).sleeps()).containsExactly(Duration.ZERO);
                });
    }

    @Test
    void whenAPredicateBeanIsNamed_thenResultsAreRetried() {
        application
                .withPropertyValues("resilience.retry.instances.stock.result-predicate=isFirst")
                .run(context -> assertThat(context.getBean(Stock.class).left(0)).isEqualTo("answer at attempt 2"));
    }

    @Test
    void whenAPredicateIsMissing_thenTheStartIsRefusedNamingTheKeyAndTheCandidates() {
        application
                .withPropertyValues("resilience.retry.instances.stock.result-predicate=isFrist")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("result-predicate")
                        .hasStackTraceContaining("isFirst"));
    }

    @Test
    void whenRetryIsSwitchedOff_thenTheMethodIsCalledOnce() {
        application
                .withPropertyValues("resilience.retry.defaults.enabled=false")
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Stock.class).left(1))
                        .hasMessage("attempt 1"));
    }

    @Test
    void whenAMethodIsResilient_thenRetryIsPartOfTheStandardSet() {
        application.run(
                context -> assertThat(context.getBean(Stock.class).count(1)).isEqualTo("answer at attempt 2"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Stock stock() {
            return new Stock();
        }

        @Bean
        static ManualTimer timer() {
            return new ManualTimer();
        }

        @Bean
        Predicate<Object> isFirst() {
            return "answer at attempt 1"::equals;
        }
    }

    /** Fails as often as it is told, then answers. Public for the proxy, which a filtered class loader loads. */
    public static class Stock {

        private int attempt;

        @Retry("stock")
        public String left(int failures) throws IOException {
            return answer(failures);
        }

        @Retry(value = "reservation", maxAttempts = 2, waitDuration = "${shop.wait:10ms}")
        public String reserve(int failures) throws IOException {
            return answer(failures);
        }

        @Resilient
        public String count(int failures) throws IOException {
            return answer(failures);
        }

        void forget() {
            attempt = 0;
        }

        private String answer(int failures) throws IOException {
            attempt++;
            if (attempt <= failures) {
                throw new IOException("attempt " + attempt);
            }
            return "answer at attempt " + attempt;
        }
    }
}
