package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.steadfast.core.Instance;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.EjectionConfig;
import io.steadfast.failover.Failover;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.failover.PickerType;
import io.steadfast.failover.autoconfigure.FailoverProperties.Settings;
import io.steadfast.failover.autoconfigure.FailoverSections.HealthSettings;
import io.steadfast.failover.autoconfigure.FailoverSections.HealthType;
import io.steadfast.failover.health.HealthCheck;
import io.steadfast.failover.health.HealthConfig;
import io.steadfast.failover.health.HealthVerdict;
import io.steadfast.failover.health.HttpHealthCheck;
import io.steadfast.failover.health.TcpHealthCheck;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class FailoverPolicyProviderTests {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    private final FailoverPolicyProvider provider = new FailoverPolicyProvider();

    @AfterEach
    void close() {
        provider.destroy();
    }

    @Test
    void whenNothingIsSet_thenThePolicyHasTheBuiltInValues() {
        assertThat(created(settings -> {}).config()).isEqualTo(FailoverConfig.defaults());
        assertThat(created(settings -> {}).config().ejection()).isEqualTo(EjectionConfig.defaults());
    }

    @Test
    void whenEverythingIsSet_thenEverythingReachesThePolicy() {
        FailoverPolicy policy = created(settings -> {
            settings.setPicker(PickerType.STICKY);
            settings.setZone(" a ");
            settings.setSlowStart(Duration.ofSeconds(5));
            settings.setPanicThreshold(10);
            settings.setRefreshInterval(Duration.ofSeconds(3));
            settings.setKeepLastGood(Duration.ofMinutes(2));
            settings.setFirstListWait(Duration.ofMillis(100));
            settings.getEjection().setConsecutiveFailures(2);
            settings.getEjection().setSuccessRateDeviation(3);
            settings.getEjection().setFailurePercentage(80);
            settings.getEjection().setMinimumCalls(7);
            settings.getEjection().setInterval(Duration.ofSeconds(4));
            settings.getEjection().setBaseTime(Duration.ofSeconds(6));
            settings.getEjection().setMaxTime(Duration.ofSeconds(60));
            settings.getEjection().setMaxEjectedPercent(30);
        });

        assertThat(policy.config())
                .isEqualTo(new FailoverConfig(
                        PickerType.STICKY,
                        "a",
                        Duration.ofSeconds(5),
                        10,
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(2),
                        Duration.ofMillis(100),
                        new EjectionConfig(
                                2,
                                3,
                                80,
                                7,
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(60),
                                30,
                                null),
                        null));
        assertThat(policy.id()).isEqualTo(new PolicyId("failover", "stock"));
    }

    @Test
    void whenHealthChecksAreOn_thenTheyAreAsTheSettingsSay() {
        assertThat(health(settings -> {}).check()).isEqualTo(new HttpHealthCheck("/actuator/health/readiness", null));
        assertThat(health(settings -> {
                    settings.setPath("/up");
                    settings.setPort(9000);
                    settings.setInterval(Duration.ofSeconds(4));
                    settings.setJitter(0.5);
                    settings.setTimeout(Duration.ofSeconds(1));
                    settings.setHealthyThreshold(4);
                    settings.setUnhealthyThreshold(5);
                    settings.setEdgeInterval(Duration.ofSeconds(2));
                    settings.setNoTrafficInterval(Duration.ofMinutes(1));
                }))
                .isEqualTo(new HealthConfig(
                        new HttpHealthCheck("/up", 9000),
                        Duration.ofSeconds(4),
                        0.5,
                        Duration.ofSeconds(1),
                        4,
                        5,
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1)));
        assertThat(health(settings -> settings.setType(HealthType.TCP)).check()).isEqualTo(new TcpHealthCheck(null));
    }

    @Test
    void whenABeanChecks_thenItIsFoundByNameOrByBeingTheOnlyOne() {
        HealthCheck check = (instance, timeout) -> HealthVerdict.passed();
        beans.registerSingleton("ping", check);

        assertThat(health(settings -> settings.setType(HealthType.BEAN)).check())
                .isSameAs(check);
        assertThat(health(settings -> {
                            settings.setType(HealthType.BEAN);
                            settings.setBean("ping");
                        })
                        .check())
                .isSameAs(check);
        refused(
                settings -> {
                    settings.getHealth().setEnabled(true);
                    settings.getHealth().setType(HealthType.BEAN);
                    settings.getHealth().setBean("pong");
                },
                "health.bean is needed by health.type bean");
    }

    @Test
    void whenAKeyHasNoValue_thenItIsRefused() {
        refused(settings -> settings.setPicker(null), "picker has no value");
        refused(settings -> settings.setSlowStart(null), "slow-start has no value");
        refused(settings -> settings.getEjection().setInterval(null), "ejection.interval has no value");
        refused(
                settings -> {
                    settings.getHealth().setEnabled(true);
                    settings.getHealth().setTimeout(null);
                },
                "health.timeout has no value");
    }

    @Test
    void whenNobodyKnowsAnyInstance_thenThePoolIsRefusedWithWhatToDo() {
        assertThatExceptionOfType(InvalidGuardException.class)
                .isThrownBy(() -> created(settings -> settings.setUrls(List.of())))
                .withMessageContaining("there are no urls, no InstanceDirectory and no DiscoveryClient");
    }

    @Test
    void whenSeveralDirectoriesKnowAService_thenTheFirstServesUnderThePoolsName() {
        Instance here = Instance.of("goods", java.net.URI.create("http://10.0.0.1:80"));
        beans.registerSingleton("none", (InstanceDirectory) service -> java.util.Optional.empty());
        beans.registerSingleton("some", (InstanceDirectory) service ->
                service.equals("goods") ? java.util.Optional.of(() -> List.of(here)) : java.util.Optional.empty());

        created(settings -> {
            settings.setUrls(List.of());
            settings.setService("goods");
        });
        assertThatExceptionOfType(InvalidGuardException.class)
                .isThrownBy(() -> created(settings -> settings.setUrls(List.of())))
                .withMessageContaining("no registry knows a service 'stock'");
    }

    @Test
    void whenSettingsChange_thenTheSuccessorHasTheSamePool() {
        FailoverPolicy first = created(settings -> {});

        Succession change = provider.succeed(request(settings -> settings.setPanicThreshold(0)), first);
        change.takeOver().run();

        FailoverPolicy next = (FailoverPolicy) change.policy();
        assertThat(next.config().panicThreshold()).isZero();
        assertThat(next.pool()).isSameAs(first.pool());
    }

    @Test
    void whenSourcesAskTheSameDirectoryForTheSame_thenTheyAreEqual() {
        Object directory = new Object();
        PoolInstances source = new PoolInstances("stock", "goods", directory, List::of);

        assertThat(source)
                .isEqualTo(new PoolInstances("stock", "goods", directory, List::of))
                .hasSameHashCodeAs(new PoolInstances("stock", "goods", directory, List::of))
                .isNotEqualTo(new PoolInstances("stock", "other", directory, List::of))
                .isNotEqualTo(new PoolInstances("stock", "goods", new Object(), List::of));
    }

    private HealthConfig health(Consumer<HealthSettings> change) {
        return created(settings -> {
                    settings.getHealth().setEnabled(true);
                    change.accept(settings.getHealth());
                })
                .config()
                .health();
    }

    private FailoverPolicy created(Consumer<Settings> change) {
        return (FailoverPolicy) provider.create(request(change));
    }

    private PolicyRequest<Failover, Settings> request(Consumer<Settings> change) {
        Settings settings = new Settings();
        settings.setUrls(List.of("http://10.0.0.1:8080;zone=a", "http://10.0.0.2:8080;zone=b"));
        change.accept(settings);
        return new PolicyRequest<>(
                new PolicyId("failover", "stock"),
                settings,
                null,
                new GuardedMethod("stock", Object.class, Object.class.getMethods()[0]),
                PolicyRuntime.system(),
                beans,
                (beanName, beanClass, method, plain) -> plain);
    }

    private void refused(Consumer<Settings> change, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> created(change))
                .withMessageContaining(text);
    }
}
