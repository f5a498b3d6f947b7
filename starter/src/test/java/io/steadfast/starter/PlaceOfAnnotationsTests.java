package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.PolicyId;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Where an annotation may stand, and which of several counts. */
class PlaceOfAnnotationsTests {

    @Test
    void whenOnAMethod_thenOnlyThatMethodIsGuarded() {
        Steadfast.application(OnMethod.class).run(context -> {
            OnMethod bean = context.getBean(OnMethod.class);
            assertThat(bean.flaky()).isEqualTo("answer after 3");
            assertThatThrownBy(bean::unguarded).hasMessage("1");
        });
    }

    @Test
    void whenOnAClass_thenEveryMethodIsGuarded_andAMethodsOwnReplacesIt() {
        Steadfast.application(OnClass.class).run(context -> {
            assertThatThrownBy(context.getBean(OnClass.class)::byClass).hasMessage("3");
            assertThatThrownBy(context.getBean(OnClass.class)::byMethod).hasMessage("2");
        });
    }

    @Test
    void whenOnAnInterface_thenTheImplementationIsGuarded() {
        Steadfast.application(Implementation.class)
                .run(context ->
                        assertThatThrownBy(context.getBean(Port.class)::call).hasMessage("2"));
    }

    @Test
    void whenOnAGenericInterface_thenTheImplementationIsGuarded() {
        Steadfast.application(GenericImplementation.class)
                .run(context -> assertThatThrownBy(() ->
                                context.getBean(GenericImplementation.class).send("x"))
                        .hasMessage("2"));
    }

    @Test
    void whenTheBeanIsNothingButInterfaces_thenItIsGuarded() {
        Steadfast.application(DeclarativeClient.class).run(context -> {
            assertThatThrownBy(context.getBean(Port.class)::call).hasMessage("2");
            assertThat(policies(context, "Port.call")).containsExactly("retry 'Port.call'");
        });
    }

    @Test
    void whenOnAMetaAnnotation_thenItCountsLikeItself() {
        Steadfast.application(Meta.class)
                .run(context ->
                        assertThatThrownBy(context.getBean(Meta.class)::call).hasMessage("2"));
    }

    @Test
    void whenAnOverrideDoesNotRepeatIt_thenItIsLost() {
        Steadfast.application(Override.class)
                .run(context -> assertThatThrownBy(context.getBean(Override.class)::flaky)
                        .hasMessage("1"));
    }

    @Test
    void whenInherited_thenTheInheritedMethodIsGuarded() {
        Steadfast.application(Inheriting.class)
                .run(context ->
                        assertThat(context.getBean(Inheriting.class).flaky()).isEqualTo("answer after 3"));
    }

    @Test
    void whenProtectedOrPackagePrivate_thenItIsGuarded() {
        Steadfast.application(Visibility.class).run(context -> {
            assertThatThrownBy(context.getBean(Visibility.class)::ofPackage).hasMessage("2");
            assertThatThrownBy(context.getBean(Visibility.class)::ofFamily).hasMessage("2");
        });
    }

    @Test
    void whenAPrototype_thenEachInstanceIsGuarded_bySharedPolicies() {
        Steadfast.application(Prototypes.class).run(context -> {
            assertThatThrownBy(context.getBean(OnMethod.class)::unguarded).hasMessage("1");
            assertThat(context.getBean(OnMethod.class).flaky()).isEqualTo("answer after 3");
            assertThat(context.getBean(OnMethod.class).flaky()).isEqualTo("answer after 3");
            assertThat(context.getBean(CallCatalogue.class).calls()).hasSize(1);
        });
    }

    @Test
    void whenAnnotationsAgreeOnAName_thenTheCallGoesByIt() {
        Steadfast.application(Named.class).run(context -> {
            assertThat(policies(context, "inventory"))
                    .containsExactly("retry 'inventory'", "circuit-breaker 'inventory'");
            assertThat(context.getBean(CallCatalogue.class)
                            .find("inventory")
                            .orElseThrow()
                            .methods())
                    .containsExactly("Named.first()", "Named.second()");
        });
    }

    @Test
    void whenTheNameIsAPlaceholder_thenItIsResolved() {
        Steadfast.application(Placeholder.class)
                .withPropertyValues("target=stock")
                .run(context -> assertThat(policies(context, "stock")).containsExactly("retry 'stock'"));
    }

    @Test
    void whenNotAnnotated_thenTheBeanIsLeftAlone() {
        Steadfast.application(Plain.class)
                .run(context ->
                        assertThat(context.getBean(Plain.class).getClass()).isSameAs(Plain.class));
    }

    private static List<String> policies(AssertableApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class).find(call).map(GuardedCall::pipeline).orElse(List.of()).stream()
                .map(GuardedPolicy::id)
                .map(PolicyId::toString)
                .toList();
    }

    /** Fails with the number of times it was entered. */
    static class Failing {

        private int entered;

        String fail() {
            throw new IllegalStateException(String.valueOf(++entered));
        }
    }

    static class OnMethod extends Failing {

        private int calls;

        @Retry
        String flaky() {
            if (++calls % 3 != 0) {
                throw new IllegalStateException("not yet");
            }
            return "answer after 3";
        }

        String unguarded() {
            return fail();
        }
    }

    @Retry("three")
    static class OnClass extends Failing {

        private final Failing second = new Failing();

        String byClass() {
            return fail();
        }

        @Retry(maxAttempts = 2)
        String byMethod() {
            return second.fail();
        }
    }

    interface Port {

        @Retry(maxAttempts = 2)
        String call();
    }

    static class Implementation extends Failing implements Port {

        @java.lang.Override
        public String call() {
            return fail();
        }
    }

    interface Sender<T> {

        @Retry(maxAttempts = 2)
        String send(T message);
    }

    static class GenericImplementation extends Failing implements Sender<String> {

        @java.lang.Override
        public String send(String message) {
            return fail();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DeclarativeClient {

        @Bean
        Port port() {
            Failing failing = new Failing();
            ProxyFactory client = new ProxyFactory();
            client.setInterfaces(Port.class);
            client.addAdvice((org.aopalliance.intercept.MethodInterceptor) invocation -> failing.fail());
            return (Port) client.getProxy();
        }
    }

    @Retry(maxAttempts = 2)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Twice {}

    static class Meta extends Failing {

        @Twice
        String call() {
            return fail();
        }
    }

    static class Override extends OnMethod {

        @java.lang.Override
        String flaky() {
            return fail();
        }
    }

    static class Inheriting extends OnMethod {}

    static class Visibility {

        private final Failing first = new Failing();

        private final Failing second = new Failing();

        @Retry(maxAttempts = 2)
        String ofPackage() {
            return first.fail();
        }

        @Retry(maxAttempts = 2)
        protected String ofFamily() {
            return second.fail();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototypes {

        @Bean
        @Scope("prototype")
        OnMethod onMethod() {
            return new OnMethod();
        }
    }

    static class Named {

        @Retry("inventory")
        @CircuitBreaker("inventory")
        public void first() {}

        @CircuitBreaker("inventory")
        public void second() {}
    }

    static class Placeholder {

        @Retry("${target}")
        public void call() {}
    }

    static class Plain {

        public void call() {}
    }
}
