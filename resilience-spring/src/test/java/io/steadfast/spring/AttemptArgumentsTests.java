package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Call;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Recovery;
import io.steadfast.core.Verdict;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A method that is told, where its caller leaves that open, which attempt it is; the third one answers. */
class AttemptArgumentsTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, ReactiveResilienceAutoConfiguration.class))
            .withBean(CountedProvider.class)
            .withBean(Shop.class);

    @Test
    void whenAnArgumentIsLeftOpen_thenEachAttemptGetsItsOwn() {
        application.run(context -> {
            Shop shop = context.getBean(Shop.class);

            assertThat(shop.plain("a", null)).isEqualTo("a3");
            assertThat(shop.stage("b", null).toCompletableFuture().join()).isEqualTo("b3");
            assertThat(shop.mono("c", null).block()).isEqualTo("c3");
            assertThat(shop.flux("d", null).collectList().block()).containsExactly("d3");
            assertThat(shop.seen())
                    .containsExactly("a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3", "d1", "d2", "d3");
        });
    }

    @Test
    void whenTheCallerPassesIt_thenItIsKept() {
        application.run(context -> {
            assertThat(context.getBean(Shop.class).plain("a", 3)).isEqualTo("a3");
            assertThat(context.getBean(Shop.class).seen()).containsExactly("a3");
        });
    }

    @Test
    void whenPoliciesLookAtTheArguments_thenTheySeeWhatTheCallerPassed() {
        application.run(context -> {
            context.getBean(Shop.class).plain("a", null);

            assertThat(context.getBean(CountedProvider.class).policy.arguments)
                    .hasSize(3)
                    .allSatisfy(passed -> assertThat(passed).containsExactly("a", null));
        });
    }

    @Test
    void whenInterceptorsLieBehindTheGuard_thenTheySeeWhatWasFilledInAndTheMethodGetsIt() {
        List<Object> between = new CopyOnWriteArrayList<>();
        application.withBean(Behind.class, () -> new Behind(between)).run(context -> {
            assertThat(context.getBean(Shop.class).plain("a", null)).isEqualTo("a3");
            assertThat(between).containsExactly(1, 2, 3);
        });
    }

    @Test
    void whenAMethodStandsInForAnother_thenItsArgumentsAreFilledInToo() {
        application.run(context -> {
            Shop shop = new Shop();
            MethodGuards guards = context.getBean(CountedProvider.class).guards;
            MethodGuards.Invoker plain =
                    (target, arguments) -> ((Shop) target).plain((String) arguments[0], (Integer) arguments[1]);
            MethodGuards.Invoker guarded = guards.guard(
                    "other", Shop.class, Shop.class.getMethod("plain", String.class, Integer.class), plain);

            assertThat(guarded.invoke(shop, new Object[] {"e", null})).isEqualTo("e3");
        });
    }

    /** Asks for three attempts that know their number. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Counted {

        String value() default "";
    }

    /** Settings of none. */
    public static class Settings {}

    static class CountedProvider implements PolicyProvider<Counted, Settings> {

        private final ThreeAttempts policy = new ThreeAttempts();

        private MethodGuards guards;

        @Override
        public String policy() {
            return "retry";
        }

        @Override
        public Class<Counted> annotation() {
            return Counted.class;
        }

        @Override
        public Class<Settings> settings() {
            return Settings.class;
        }

        @Override
        public Policy create(PolicyRequest<Counted, Settings> request) {
            guards = request.guards();
            return policy;
        }

        @Override
        public Map<Class<?>, Object> traits(PolicyRequest<Counted, Settings> request) {
            AttemptArguments number = (call, passed) -> {
                if (passed[1] != null) {
                    return passed;
                }
                Object[] filled = passed.clone();
                filled[1] = call.attempts();
                return filled;
            };
            return Map.of(AttemptArguments.class, number);
        }
    }

    private static final class ThreeAttempts implements Recovery {

        private final List<List<Object>> arguments = new CopyOnWriteArrayList<>();

        @Override
        public PolicyId id() {
            return new PolicyId("retry", "shop");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            arguments.add(Arrays.asList(call.arguments()));
            return failure != null && attempt < 3 ? Verdict.again(0) : Verdict.keep();
        }
    }

    static class Shop {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        public List<String> seen() {
            return seen;
        }

        @Counted("shop")
        public String plain(String item, Integer attempt) {
            seen.add(item + attempt);
            if (attempt != 3) {
                throw new IllegalStateException(item + attempt);
            }
            return item + attempt;
        }

        @Counted("shop")
        public CompletionStage<String> stage(String item, Integer attempt) {
            try {
                return CompletableFuture.completedFuture(plain(item, attempt));
            } catch (IllegalStateException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        @Counted("shop")
        public Mono<String> mono(String item, Integer attempt) {
            return Mono.fromCallable(() -> plain(item, attempt));
        }

        @Counted("shop")
        public Flux<String> flux(String item, Integer attempt) {
            return Flux.defer(() -> Flux.just(plain(item, attempt)));
        }
    }

    /** Adds an interceptor to the proxy, after the guard. */
    private record Behind(List<Object> seen) implements BeanPostProcessor, Ordered {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof Advised advised) {
                MethodInterceptor interceptor = invocation -> {
                    seen.add(invocation.getArguments()[1]);
                    return invocation.proceed();
                };
                advised.addAdvisor(new DefaultPointcutAdvisor(interceptor));
            }
            return bean;
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
