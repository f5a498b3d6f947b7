package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;

import io.steadfast.fallback.Fallback;
import io.steadfast.spring.InvalidGuardException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Fallbacks of fallbacks. */
class FallbackChainTests {

    @Test
    void whenAFallbackHasAFallback_thenTheChainIsFollowed() throws Exception {
        Chain chain = Guarded.proxy(new Chain());

        assertThat(chain.find("a")).isEqualTo("nothing after IllegalStateException suppressing IOException");
    }

    @Test
    void whenTwoMethodsAnswerForEachOther_thenTheCircleIsRefused() {
        InvalidGuardException refusal =
                catchThrowableOfType(InvalidGuardException.class, () -> Guarded.bind(Circle.class));

        assertThat(refusal.getMessage())
                .isIn(
                        "The fallbacks go round in a circle: Circle.first(String) -> Circle.second(String) -> "
                                + "Circle.first(String)",
                        "The fallbacks go round in a circle: Circle.second(String) -> Circle.first(String) -> "
                                + "Circle.second(String)");
        assertThat(refusal.where()).startsWith("@Fallback on Circle.");
        assertThat(refusal.action())
                .isEqualTo("Let the last one answer by itself: remove one @Fallback from the chain.");
    }

    @Test
    void whenTwoBeansAnswerForEachOther_thenWhoeverComesSecondIsRefused() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition("primary", new RootBeanDefinition(Primary.class));
        beans.registerBeanDefinition("replica", new RootBeanDefinition(Replica.class));
        beans.registerAlias("primary", "main");
        Guarded guarded = new Guarded(beans);
        guarded.pipelines("primary", Primary.class);

        InvalidGuardException refusal =
                catchThrowableOfType(InvalidGuardException.class, () -> guarded.pipelines("replica", Replica.class));

        assertThat(refusal)
                .hasMessage("The fallbacks go round in a circle: Replica.find(String) -> Primary.find(String) -> "
                        + "Replica.find(String)");
        assertThat(beans.getSingletonNames()).isEmpty();
    }

    @Test
    void whenABeanNamesItselfAndTheSameMethod_thenTheCircleIsRefused() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition("loop", new RootBeanDefinition(Loop.class));

        InvalidGuardException refusal = catchThrowableOfType(
                InvalidGuardException.class, () -> new Guarded(beans).pipelines("loop", Loop.class));

        assertThat(refusal).hasMessage("The fallbacks go round in a circle: Loop.find(String) -> Loop.find(String)");
    }

    @Test
    void whenACircleWasRefused_thenOtherChainsAreStillFine() {
        FallbackPolicyProvider provider = new FallbackPolicyProvider();
        Guarded guarded = new Guarded(provider, new DefaultListableBeanFactory());
        assertThatThrownBy(() -> guarded.pipelines("circle", Circle.class)).isInstanceOf(InvalidGuardException.class);

        assertThat(guarded.proxy("other", new Chain())).isNotNull();
    }

    static class Chain {

        @Fallback(method = "second")
        String find(String id) throws IOException {
            throw new IOException("first");
        }

        @Fallback(method = "third")
        private String second(String id, IOException failure) {
            IllegalStateException second = new IllegalStateException("second");
            second.addSuppressed(failure);
            throw second;
        }

        private static String third(String id, IOException first, Throwable second) {
            return "nothing after " + second.getClass().getSimpleName() + " suppressing "
                    + first.getClass().getSimpleName();
        }
    }

    static class Circle {

        @Fallback(method = "second")
        String first(String id) {
            return id;
        }

        @Fallback(method = "first")
        private String second(String id) {
            return id;
        }
    }

    static class Primary {

        @Fallback(bean = "replica")
        String find(String id) {
            return id;
        }
    }

    static class Replica {

        @Fallback(bean = "main")
        String find(String id) {
            return id;
        }
    }

    static class Loop {

        @Fallback(bean = "loop")
        String find(String id) {
            return id;
        }
    }
}
