package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.steadfast.fallback.Fallback;
import io.steadfast.spring.InvalidGuardException;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Fallbacks in another bean. */
class OtherBeanTests {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @Test
    void whenAnotherBeanAnswers_thenItIsMadeOnlyWhenItIsNeeded() {
        AtomicInteger made = new AtomicInteger();
        define("cache", Cache.class, () -> {
            made.incrementAndGet();
            return new Cache("cached ");
        });
        Inventory inventory = new Guarded(beans).proxy("inventory", new Inventory());

        assertThat(made).hasValue(0);
        assertThat(inventory.find("a")).isEqualTo("cached a");
        assertThat(inventory.find("b")).isEqualTo("cached b");
        assertThat(inventory.sameName("c")).isEqualTo("same cached c");
        assertThat(made).hasValue(1);
    }

    @Test
    void whenTheOtherBeanIsAPrototype_thenEachAnswerComesFromANewOne() {
        AtomicInteger made = new AtomicInteger();
        define("cache", Cache.class, () -> new Cache(made.incrementAndGet() + " "))
                .setScope(BeanDefinition.SCOPE_PROTOTYPE);
        Inventory inventory = new Guarded(beans).proxy("inventory", new Inventory());

        assertThat(inventory.find("a")).isEqualTo("1 a");
        assertThat(inventory.find("a")).isEqualTo("2 a");
    }

    @Test
    void whenTheOtherBeanIsAProxyOfItsClass_thenItsAdviceRuns() {
        define("cache", Cache.class, () -> advised(new Cache("cached "), true));
        Inventory inventory = new Guarded(beans).proxy("inventory", new Inventory());

        assertThat(inventory.find("a")).isEqualTo("advised cached a");
    }

    @Test
    void whenTheOtherBeanIsAProxyOfItsInterfaces_thenAMethodOfAnInterfaceIsReached() {
        define("store", StoreOfRecords.class, () -> advised(new StoreOfRecords(), false));
        UsesStore user = new Guarded(beans).proxy("user", new UsesStore());

        assertThat(user.find("a")).isEqualTo("advised record a");
        assertThatThrownBy(() -> user.findMore("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Bean 'store' is a proxy that is no " + StoreOfRecords.class.getName() + ", so its fallback "
                                + "method cannot be called. Declare the method in an interface of the bean, or set "
                                + "spring.aop.proxy-target-class to true.");
    }

    @Test
    void whenOnlyTheInterfaceIsKnownAtStartUp_thenItIsEnough() {
        define("store", Store.class, () -> new StoreOfRecords());
        OnlyInterface user = new Guarded(beans).proxy("user", new OnlyInterface());

        assertThat(user.find("a")).isEqualTo("record a");
    }

    @Test
    void whenThereIsNoSuchBean_thenItIsRefused() {
        InvalidGuardException refusal = refusalOf(Inventory.class);

        assertThat(refusal).hasMessageStartingWith("There is no bean 'cache' to answer for Inventory.");
        assertThat(refusal.action()).isEqualTo("Define the bean, or correct its name in @Fallback(bean = ...).");
    }

    @Test
    void whenTheMethodOfTheOtherBeanIsPrivateOrFinal_thenItIsRefused() {
        define("cache", Cache.class, () -> new Cache(""));

        assertThat(refusalOf(UsesPrivate.class))
                .hasMessage("No method 'secret' of Cache can answer for UsesPrivate.find(String): "
                        + "'String secret(String)' is private, which another bean cannot call");
        assertThat(refusalOf(UsesFinal.class))
                .hasMessageEndingWith("'String fixed(String)' is final, which a proxy cannot pass on");
    }

    @Test
    void whenTheClassOfTheOtherBeanIsFinal_thenItsMethodsAreFineBecauseNoProxyStandsBefore() {
        define("sealed", Sealed.class, Sealed::new);

        assertThat(new Guarded(beans).proxy("user", new UsesSealed()).find("a")).isEqualTo("sealed a");
    }

    @Test
    void whenTheOtherBeanHasNoFittingMethod_thenTheSignatureNamesItsClass() {
        define("cache", Cache.class, () -> new Cache(""));

        InvalidGuardException refusal = refusalOf(UsesMissing.class);

        assertThat(refusal)
                .hasMessage("No method 'missing' of Cache can answer for UsesMissing.find(String): "
                        + "no method has that name");
        assertThat(refusal.action())
                .startsWith("Write it; the signature it should have in Cache is: "
                        + "String missing(String id, Throwable failure)");
    }

    @Test
    void whenTheClassOfTheOtherBeanIsUnknownBeforeItIsMade_thenItIsRefused() {
        RootBeanDefinition secretive = new RootBeanDefinition(Secretive.class);
        beans.registerBeanDefinition("cache", secretive);

        assertThat(refusalOf(UsesMissing.class))
                .hasMessageStartingWith("The class of bean 'cache' is not known before the bean is made");
    }

    private <T> RootBeanDefinition define(String name, Class<T> type, Supplier<?> maker) {
        @SuppressWarnings("unchecked")
        RootBeanDefinition definition =
                new RootBeanDefinition(type, BeanDefinition.SCOPE_SINGLETON, (Supplier<T>) maker);
        beans.registerBeanDefinition(name, definition);
        return definition;
    }

    private InvalidGuardException refusalOf(Class<?> type) {
        return catchThrowableOfType(InvalidGuardException.class, () -> new Guarded(beans).pipelines("bean", type));
    }

    private static Object advised(Object target, boolean ofClass) {
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(ofClass);
        factory.addAdvice(
                (org.aopalliance.intercept.MethodInterceptor) invocation -> "advised " + invocation.proceed());
        return factory.getProxy(OtherBeanTests.class.getClassLoader());
    }

    static class Inventory {

        @Fallback(bean = "cache", method = "lookUp")
        String find(String id) {
            throw new IllegalStateException("down");
        }

        @Fallback(bean = "cache")
        String sameName(String id) {
            throw new IllegalStateException("down");
        }
    }

    static class Cache {

        private final String prefix;

        Cache(String prefix) {
            this.prefix = prefix;
        }

        String lookUp(String id, Throwable failure) {
            return prefix + id;
        }

        public String sameName(String id) {
            return "same " + prefix + id;
        }

        private String secret(String id) {
            return id;
        }

        final String fixed(String id) {
            return id;
        }
    }

    interface Store {

        String read(String id);
    }

    static class StoreOfRecords implements Store {

        @Override
        public String read(String id) {
            return "record " + id;
        }

        public String readMore(String id) {
            return "more of record " + id;
        }
    }

    static class UsesStore {

        @Fallback(bean = "store", method = "read")
        String find(String id) {
            throw new IllegalStateException("down");
        }

        @Fallback(bean = "store", method = "readMore")
        String findMore(String id) {
            throw new IllegalStateException("down");
        }
    }

    static class OnlyInterface {

        @Fallback(bean = "store", method = "read")
        String find(String id) {
            throw new IllegalStateException("down");
        }
    }

    static class UsesPrivate {

        @Fallback(bean = "cache", method = "secret")
        String find(String id) {
            return id;
        }
    }

    static class UsesFinal {

        @Fallback(bean = "cache", method = "fixed")
        String find(String id) {
            return id;
        }
    }

    static class UsesMissing {

        @Fallback(bean = "cache", method = "missing")
        String find(String id) {
            return id;
        }
    }

    static final class Sealed {

        final String look(String id) {
            return "sealed " + id;
        }
    }

    static class UsesSealed {

        @Fallback(bean = "sealed", method = "look")
        String find(String id) {
            throw new IllegalStateException("down");
        }
    }

    static class Secretive implements FactoryBean<Object> {

        @Override
        public Object getObject() {
            return new Cache("");
        }

        @Override
        public Class<?> getObjectType() {
            return null;
        }
    }
}
