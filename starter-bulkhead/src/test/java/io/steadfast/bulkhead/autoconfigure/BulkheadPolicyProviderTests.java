package io.steadfast.bulkhead.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import io.steadfast.bulkhead.AdaptiveAlgorithm;
import io.steadfast.bulkhead.AdaptiveLimitConfig;
import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.bulkhead.Priority;
import io.steadfast.bulkhead.QueueOrder;
import io.steadfast.bulkhead.autoconfigure.BulkheadProperties.Settings;
import io.steadfast.core.Call;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class BulkheadPolicyProviderTests {

    private final BulkheadPolicyProvider provider = new BulkheadPolicyProvider();

    @Test
    void whenAsked_thenItPlugsTheBulkheadIn() {
        assertThat(provider.policy()).isEqualTo("bulkhead");
        assertThat(provider.annotation()).isEqualTo(Bulkhead.class);
        assertThat(provider.settings()).isEqualTo(Settings.class);
        assertThat(provider.methodKeys()).containsExactly("priority");
        assertThat(provider.standard()).isFalse();
        assertThat(provider.perMethod()).isFalse();
    }

    @Test
    void whenNothingIsSet_thenSettingsAndPlainJavaHaveTheSameDefaults() {
        assertThat(created(settings -> {}).config()).isEqualTo(BulkheadConfig.defaults());
        assertThat(created(settings -> settings.getAdaptive().setEnabled(true))
                        .config()
                        .adaptive())
                .isEqualTo(AdaptiveLimitConfig.of(AdaptiveAlgorithm.GRADIENT));
    }

    @Test
    void whenEverythingIsSet_thenEverythingReachesThePolicy() {
        BulkheadPolicy policy = created(settings -> {
            settings.setMaxConcurrentCalls(7);
            settings.setMaxWaitDuration(Duration.ofMillis(200));
            settings.setQueueCapacity(9);
            settings.setQueueOrder(QueueOrder.LIFO);
            settings.getAdaptive().setEnabled(true);
            settings.getAdaptive().setAlgorithm(AdaptiveAlgorithm.VEGAS);
            settings.getAdaptive().setInitialLimit(8);
            settings.getAdaptive().setMinLimit(2);
            settings.getAdaptive().setMaxLimit(30);
            settings.getAdaptive().setWindow(Duration.ofMillis(500));
        });

        assertThat(policy.config())
                .isEqualTo(new BulkheadConfig(
                        7,
                        Duration.ofMillis(200),
                        9,
                        QueueOrder.LIFO,
                        new AdaptiveLimitConfig(AdaptiveAlgorithm.VEGAS, 8, 2, 30, Duration.ofMillis(500))));
        assertThat(policy.id()).isEqualTo(new PolicyId("bulkhead", "stock"));
    }

    @Test
    void whenAMethodHasAPriority_thenItsCallsCarryIt() {
        assertThat(traits(settings -> settings.setPriority(Priority.CRITICAL)))
                .containsExactly(Map.entry(Priority.class, Priority.CRITICAL));
        assertThat(traits(settings -> {})).isEmpty();
    }

    @Test
    void whenAKeyHasNoValue_thenItIsRefused() {
        refused(settings -> settings.setMaxWaitDuration(null), "max-wait-duration has no value");
        refused(settings -> settings.setQueueOrder(null), "queue-order has no value");
        refused(settings -> settings.getAdaptive().setAlgorithm(null), "adaptive.algorithm has no value");
        refused(settings -> settings.getAdaptive().setWindow(null), "adaptive.window has no value");
    }

    @Test
    void whenSettingsMakeNoSense_thenAllAreReportedAtOnce() {
        refused(
                settings -> {
                    settings.setMaxConcurrentCalls(0);
                    settings.setQueueCapacity(5);
                    settings.getAdaptive().setEnabled(true);
                    settings.getAdaptive().setInitialLimit(10);
                    settings.getAdaptive().setMaxLimit(5);
                },
                "max-concurrent-calls must be between 1 and 1000000, but is 0; "
                        + "queue-capacity and max-wait-duration contradict each other: up to 5 calls may wait, but none of "
                        + "them for any time; give max-wait-duration a value, or remove queue-capacity; "
                        + "adaptive.initial-limit and adaptive.max-limit contradict each other: the limit begins at 10, "
                        + "above its ceiling of 5");
    }

    @Test
    void whenSettingsChange_thenTheSuccessorTakesOverTheCallsInFlight() {
        BulkheadPolicy first = created(settings -> {});
        first.acquire(Call.of("stock"));

        Succession change = provider.succeed(request(settings -> settings.setMaxConcurrentCalls(3)), first);
        assertThat(first.snapshot()).containsEntry("limit", 25);
        change.takeOver().run();

        assertThat(change.policy().snapshot()).containsEntry("limit", 3).containsEntry("in-flight", 1);
    }

    private BulkheadPolicy created(Consumer<Settings> change) {
        return (BulkheadPolicy) provider.create(request(change));
    }

    private Map<Class<?>, Object> traits(Consumer<Settings> change) {
        return provider.traits(request(change));
    }

    private static PolicyRequest<Bulkhead, Settings> request(Consumer<Settings> change) {
        Settings settings = new Settings();
        change.accept(settings);
        return new PolicyRequest<>(
                new PolicyId("bulkhead", "stock"),
                settings,
                null,
                new GuardedMethod("stock", Object.class, Object.class.getMethods()[0]),
                PolicyRuntime.system(),
                new DefaultListableBeanFactory(),
                (beanName, beanClass, method, plain) -> plain);
    }

    private void refused(Consumer<Settings> change, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> created(change))
                .withMessage(text);
    }
}
