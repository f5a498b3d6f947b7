package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.RateLimiterUse;
import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.SharedLimits;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** What becomes of a limiter, and of its place in the registry, when its settings change. */
class RateLimiterSuccessionTests {

    private final RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();

    private final RateLimiterPolicyProvider provider = new RateLimiterPolicyProvider(registry);

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    private final List<String> asked = new ArrayList<>();

    RateLimiterSuccessionTests() {
        SharedLimits store = (name, bandwidths, answerWithin) -> (key, permits, wait) -> {
            asked.add(name + " " + bandwidths.get(0).limit());
            return CompletableFuture.completedFuture(0L);
        };
        beans.registerSingleton("store", store);
        beans.registerSingleton(Environment.class.getName(), new StandardEnvironment());
    }

    @Test
    void whenALimitOfThisProcessIsToBeShared_thenItLeavesTheRegistryAsItTakesOver() {
        Policy local = provider.create(request(settings -> {}));
        Succession change = provider.succeed(request(settings -> settings.setScope(Scope.SHARED)), local);
        assertThat(registry.find("stock")).isPresent();

        change.takeOver().run();

        assertThat(registry.find("stock")).isEmpty();
        assertThat(change.policy().snapshot()).containsEntry("scope", "shared");
    }

    @Test
    void whenASharedLimitIsToBeOfThisProcess_thenItEntersTheRegistryAsItTakesOverAndLeavesWithTheContext() {
        Policy shared = provider.create(request(settings -> settings.setScope(Scope.SHARED)));
        Succession change = provider.succeed(request(settings -> settings.setLimitForPeriod(3)), shared);
        assertThat(registry.find("stock")).isEmpty();

        change.takeOver().run();

        assertThat(registry.rateLimiter("stock").getRateLimiterConfig().getLimitForPeriod())
                .isEqualTo(3);
        provider.destroy();
        assertThat(registry.find("stock")).isEmpty();
    }

    @Test
    void whenTheNameIsTakenInTheRegistry_thenTheChangeIsRefused() {
        Policy shared = provider.create(request(settings -> settings.setScope(Scope.SHARED)));
        registry.rateLimiter("stock");
        assertThatExceptionOfType(InvalidGuardException.class)
                .isThrownBy(() -> provider.succeed(request(settings -> {}), shared))
                .withMessageContaining("already holds a rate limiter named 'stock'");
    }

    @Test
    void whenASharedLimitChanges_thenTheStoreIsAskedUnderTheSameNameByTheNewLimit() {
        Policy before = provider.create(request(settings -> settings.setScope(Scope.SHARED)));
        Succession change = provider.succeed(
                request(settings -> {
                    settings.setScope(Scope.SHARED);
                    settings.setLimitForPeriod(7);
                }),
                before);
        change.takeOver().run();

        ((RateLimiterPolicy) before).acquire(Call.of("stock"));
        ((RateLimiterPolicy) change.policy()).acquire(Call.of("stock"));

        assertThat(asked).containsExactly("stock 50", "stock 7");
    }

    @Test
    void whenTheKeyIsAnother_thenKeysAreForgottenAndElseKept() {
        Policy first = provider.create(request(settings -> {
            settings.setLimitForPeriod(1);
            settings.setKey("#a");
        }));
        assertThat(isAdmitted(first)).isTrue();

        Policy second = changed(first, "#a");
        assertThat(isAdmitted(second)).isFalse();
        Policy third = changed(second, "#b");
        assertThat(isAdmitted(third)).isTrue();
        assertThat(isAdmitted(changed(third, "#b"))).isFalse();
    }

    private Policy changed(Policy before, String key) {
        Succession change = provider.succeed(
                request(settings -> {
                    settings.setLimitForPeriod(1);
                    settings.setLimitRefreshPeriod(Duration.ofHours(1));
                    settings.setKey(key);
                }),
                before);
        change.takeOver().run();
        return change.policy();
    }

    private static boolean isAdmitted(Policy limiter) {
        Call call = Call.of("stock", Map.of(RateLimiterUse.class, new RateLimiterUse(1, any -> "ann")));
        try {
            ((RateLimiterPolicy) limiter).acquire(call);
            return true;
        } catch (RateLimitedException refused) {
            return false;
        }
    }

    private PolicyRequest<RateLimiter, Settings> request(Consumer<Settings> change) {
        Settings settings = new Settings();
        settings.setLimitRefreshPeriod(Duration.ofHours(1));
        change.accept(settings);
        return new PolicyRequest<>(
                new PolicyId("rate-limiter", "stock"),
                settings,
                null,
                new GuardedMethod("stock", Object.class, Object.class.getMethods()[0]),
                PolicyRuntime.system(),
                beans,
                (beanName, beanClass, method, plain) -> plain);
    }
}
