package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.NoSuchElementException;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.OutcomeReader;
import io.steadfast.fallback.Fallback;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A method that takes one failure in particular answers for it, even if it is the caller's own doing. */
class CallersOwnBindingTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, FallbackAutoConfiguration.class))
            .withBean(OutcomeReader.class, Reader::new)
            .withBean(Articles.class);

    private final NoSuchElementException missing = new NoSuchElementException("no such article");

    @Test
    void whenTheParameterTakesNearlyEverything_thenTheCallersOwnStands() {
        runner.run(context -> {
            Articles articles = context.getBean(Articles.class);
            assertThat(catchThrowable(() -> articles.any(missing))).isSameAs(missing);
            assertThat(catchThrowable(() -> articles.exception(missing))).isSameAs(missing);
            assertThat(catchThrowable(() -> articles.runtime(missing))).isSameAs(missing);
            assertThat(catchThrowable(() -> articles.nothing(missing))).isSameAs(missing);
            assertThat(articles.any(new IllegalStateException("down"))).isEqualTo("any");
            assertThat(articles.nothing(new IllegalStateException("down"))).isEqualTo("nothing");
        });
    }

    @Test
    void whenTheParameterNamesTheFailure_thenItIsAnsweredFor() {
        runner.run(context -> {
            Articles articles = context.getBean(Articles.class);
            assertThat(articles.named(missing)).isEqualTo("named");
            IllegalStateException other = new IllegalStateException("down");
            assertThat(catchThrowable(() -> articles.named(other))).isSameAs(other);
        });
    }

    @Test
    void whenOneOfSeveralNamesTheFailure_thenOnlyThatOneAnswersForTheCallersOwn() {
        runner.run(context -> {
            Articles articles = context.getBean(Articles.class);
            assertThat(articles.several(missing)).isEqualTo("named");
            assertThat(articles.several(new IllegalStateException("down"))).isEqualTo("any");
            IllegalArgumentException wrong = new IllegalArgumentException("not an id");
            assertThat(catchThrowable(() -> articles.several(wrong))).isSameAs(wrong);
        });
    }

    @Test
    void whenThePropertiesListIt_thenEvenABroadParameterAnswers() {
        runner.withPropertyValues(
                        "resilience.fallback.instances.[Articles.any].exceptions=java.util.NoSuchElementException")
                .run(context ->
                        assertThat(context.getBean(Articles.class).any(missing)).isEqualTo("any"));
    }

    static class Articles {

        @Fallback(method = "anyInstead")
        public String any(RuntimeException failure) {
            throw failure;
        }

        private String anyInstead(Throwable failure) {
            return "any";
        }

        @Fallback(method = "exceptionInstead")
        public String exception(RuntimeException failure) {
            throw failure;
        }

        private String exceptionInstead(Exception failure) {
            return "exception";
        }

        @Fallback(method = "runtimeInstead")
        public String runtime(RuntimeException failure) {
            throw failure;
        }

        private String runtimeInstead(RuntimeException argument, RuntimeException failure) {
            return "runtime";
        }

        @Fallback(method = "nothingInstead")
        public String nothing(RuntimeException failure) {
            throw failure;
        }

        private String nothingInstead() {
            return "nothing";
        }

        @Fallback(method = "namedInstead")
        public String named(RuntimeException failure) {
            throw failure;
        }

        private String namedInstead(NoSuchElementException failure) {
            return "named";
        }

        @Fallback(method = "severalInstead")
        public String several(RuntimeException failure) {
            throw failure;
        }

        private String severalInstead(NoSuchElementException failure) {
            return "named";
        }

        private String severalInstead(Throwable failure) {
            return "any";
        }
    }

    private static final class Reader implements OutcomeReader {

        @Override
        public Diagnosis ofFailure(Call call, Throwable failure) {
            boolean own = failure instanceof NoSuchElementException || failure instanceof IllegalArgumentException;
            return own ? Diagnosis.of(Diagnosis.Kind.CALLERS_OWN) : null;
        }
    }
}
