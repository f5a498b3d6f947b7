package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.ResilienceListener;
import io.steadfast.retry.Retry;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.starter.elsewhere.Base;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Beans that come about in unusual ways. */
class OddBeansTests {

    @Test
    void whenAListenerIsMadeByTheApplicationsOwnConfiguration_thenItHears() {
        Steadfast.application(OwnListener.class).run(context -> {
            assertThatThrownBy(context.getBean(Failing.class)::call).hasMessage("3");
            assertThat(context.getBean(OwnListener.class).attempts).hasSize(3);
        });
    }

    @Test
    void whenAListenerIsMadeByABeanThatIsItselfGuarded_thenRefusedInWords() {
        Steadfast.application(GuardedConfiguration.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidResilienceException.class)
                        .hasMessageContaining("made where nothing can guard it"));
    }

    @Test
    void whenLazy_thenGuardedAsItIsMade() {
        Steadfast.application(LazyBean.class)
                .run(context ->
                        assertThatThrownBy(context.getBean(Failing.class)::call).hasMessage("3"));
    }

    @Test
    void whenALazyBeanIsWrong_thenItIsRefusedAsItIsMade() {
        Steadfast.application(WrongLazyBean.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThatThrownBy(() -> context.getBean(Wrong.class))
                    .hasRootCauseInstanceOf(InvalidResilienceException.class)
                    .rootCause()
                    .hasMessageContaining("max-attempts must be at least 1");
            assertThatThrownBy(() -> context.getBean(Wrong.class))
                    .as("asked again")
                    .isNotNull();
        });
    }

    @Test
    void whenAnAnnotatedClassDeclaresNothing_thenRefused() {
        Steadfast.application(DeclaresNothing.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidResilienceException.class)
                        .hasMessageContaining("declares no method that this could guard"));
    }

    @Test
    void whenTheAnnotatedMethodIsPackagePrivateElsewhere_thenRefused() {
        Steadfast.application(FromElsewhere.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidResilienceException.class)
                        .hasMessageContaining("package-private in another package"));
    }

    @Test
    void whenScopedWithAProxy_thenGuardedOnce() {
        Steadfast.application(ScopedBean.class)
                .withInitializer(context -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
                .run(context ->
                        assertThatThrownBy(context.getBean(Failing.class)::call).hasMessage("3"));
    }

    @Test
    void whenADeclarativeHttpClient_thenGuarded() {
        Steadfast.application(HttpClient.class).run(context -> {
            assertThatThrownBy(context.getBean(Shop.class)::product).isInstanceOf(RuntimeException.class);
            assertThat(context.getBean(HttpClient.class).requests).hasSize(2);
        });
    }

    static class Unannotated {

        public void call() {}
    }

    @Retry("nothing")
    static class DeclaresNothing extends Unannotated {}

    static class FromElsewhere extends Base {}

    static class Failing {

        private int entered;

        @Retry
        public String call() {
            throw new IllegalStateException(String.valueOf(++entered));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnListener {

        final List<String> attempts = new ArrayList<>();

        @Bean
        ResilienceListener listener() {
            return new ResilienceListener() {
                @Override
                public void attemptStarted(Call call) {
                    attempts.add(call.name());
                }
            };
        }

        @Bean
        Failing failing() {
            return new Failing();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class GuardedConfiguration {

        @Bean
        ResilienceListener listener() {
            return new ResilienceListener() {};
        }

        @Retry
        public void call() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyBean {

        @Bean
        @Lazy
        Failing failing() {
            return new Failing();
        }
    }

    static class Wrong {

        @Retry(maxAttempts = 0)
        public void call() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class WrongLazyBean {

        @Bean
        @Lazy
        Wrong wrong() {
            return new Wrong();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedBean {

        @Bean
        @Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Failing failing() {
            return new Failing();
        }
    }

    interface Shop {

        @GetExchange("/products/1")
        @Retry(maxAttempts = 2)
        String product();
    }

    @Configuration(proxyBeanMethods = false)
    static class HttpClient {

        final List<String> requests = new ArrayList<>();

        @Bean
        Shop shop() {
            RestClient client = RestClient.builder()
                    .baseUrl("http://localhost")
                    .requestInterceptor((request, body, execution) -> {
                        requests.add(request.getURI().getPath());
                        throw new java.io.IOException("connection refused");
                    })
                    .build();
            return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                    .build()
                    .createClient(Shop.class);
        }
    }
}
