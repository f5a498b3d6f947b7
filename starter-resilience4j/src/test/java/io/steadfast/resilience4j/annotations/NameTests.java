package io.steadfast.resilience4j.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import io.github.resilience4j.retry.annotation.Retry;
import io.steadfast.core.RateLimitedException;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

/** Names that are expressions. */
class NameTests {

    @Test
    void whenANameIsAPlaceholder_thenItIsResolved() {
        Application.with(Named.class)
                .withPropertyValues("target=stock")
                .run(context ->
                        assertThat(Application.pipeline(context, "stock")).containsExactly("retry 'stock'"));
    }

    @Test
    void whenANameSpeaksOfTheMethod_thenItIsTheMethods() {
        Application.with(Named.class)
                .withPropertyValues("target=stock", "resilience4j.retry.instances.byMethod.max-attempts=8")
                .run(context -> assertThat(Application.value(context, "byMethod", "retry", "max-attempts"))
                        .isEqualTo(8));
    }

    @Test
    void whenANameIsABeans_thenTheBeanIsAsked() {
        Application.with(NamedByBean.class, Names.class)
                .run(context ->
                        assertThat(Application.pipeline(context, "from bean")).containsExactly("retry 'from bean'"));
    }

    @Test
    void whenANameCannotBeWorkedOut_thenStartIsRefused() {
        Application.with(Broken.class)
                .run(context -> assertThat(Application.problems(context))
                        .singleElement()
                        .asString()
                        .contains("The name '#root.methodNaem' cannot be worked out", "on Broken.call()"));
    }

    @Test
    void whenALimitersNameIsAnArgument_thenEachValueHasTheLimit() {
        Application.with(ByArgument.class)
                .withPropertyValues(
                        "resilience4j.ratelimiter.configs.tenant.limit-for-period=1",
                        "resilience4j.ratelimiter.configs.tenant.limit-refresh-period=1h",
                        "resilience4j.ratelimiter.configs.tenant.timeout-duration=0")
                .run(context -> {
                    ByArgument bean = context.getBean(ByArgument.class);

                    assertThat(bean.call("a")).isEqualTo("a");
                    assertThat(bean.call("b")).isEqualTo("b");
                    assertThatThrownBy(() -> bean.call("a")).isInstanceOf(RateLimitedException.class);
                });
    }

    @Test
    void whenARetrysNameIsAnArgument_thenOneInstanceStandsForAll() {
        Application.with(RetriedByArgument.class)
                .run(context -> assertThat(Application.pipeline(context, "RetriedByArgument.call"))
                        .containsExactly("retry 'RetriedByArgument.call'"));
    }

    @Test
    void whenABreakersNameIsAnArgument_thenStartIsRefused() {
        Application.with(BreakerByArgument.class)
                .run(context -> assertThat(Application.problems(context))
                        .singleElement()
                        .asString()
                        .contains("The name #tenant differs from call to call", "share one circuit breaker"));
    }

    static class Named {
        @Retry(name = "${target}")
        public String byPlaceholder() {
            return "";
        }

        @Retry(name = "#root.methodName")
        public String byMethod() {
            return "";
        }
    }

    static class NamedByBean {
        @Retry(name = "@namer.name()")
        public String byBean() {
            return "";
        }
    }

    static class Names {
        @Bean
        static Namer namer() {
            return new Namer();
        }
    }

    static class Namer {

        public String name() {
            return "from bean";
        }
    }

    static class Broken {
        @Retry(name = "#root.methodNaem")
        public String call() {
            return "";
        }
    }

    static class ByArgument {
        @RateLimiter(name = "#root.args[0]", configuration = "tenant")
        public String call(String tenant) {
            return tenant;
        }
    }

    static class RetriedByArgument {
        @Retry(name = "#p0")
        public String call(String tenant) {
            return tenant;
        }
    }

    static class BreakerByArgument {
        @CircuitBreaker(name = "#tenant")
        public String call(String tenant) {
            return tenant;
        }
    }
}
