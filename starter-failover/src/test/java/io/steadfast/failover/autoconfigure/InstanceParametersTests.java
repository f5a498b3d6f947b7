package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.Instance;
import io.steadfast.core.Lease;
import io.steadfast.failover.discovery.PooledServiceInstance;
import io.steadfast.failover.discovery.ServiceInstances;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

class InstanceParametersTests {

    private static final URI ONE = URI.create("http://10.0.0.1:8080");

    private final ServiceInstances registered = new ServiceInstances();

    private final Instance instance = Instance.of("stock", ONE);

    @Test
    void whenNothingIsPassed_thenTheAttemptGetsItsInstance() {
        Object[] passed = {"4711", null};

        assertThat(parameters("byAddress").forAttempt(leased(passed), passed)).containsExactly("4711", ONE);
        assertThat(passed).as("what the caller passed").containsExactly("4711", null);
    }

    @Test
    void whenThereIsOneOfEachType_thenBothAreFilled() {
        Object[] passed = {null, null};

        assertThat(parameters("both").forAttempt(leased(passed), passed))
                .containsExactly(new PooledServiceInstance(instance), ONE);
    }

    @Test
    void whenTheRegistryKnowsTheInstance_thenWhatItSaidIsHandedOver() {
        ServiceInstance known = new DefaultServiceInstance("10.0.0.1:8080", "goods", "10.0.0.1", 8080, false);
        registered.remember("goods", List.of(known));
        Object[] passed = {null, null};

        assertThat(parameters("both").forAttempt(leased(passed), passed)[0]).isSameAs(known);
    }

    @Test
    void whenTheCallerPassesOne_thenItIsKeptAndKnown() {
        URI chosen = URI.create("http://10.0.0.9:80");
        Object[] passed = {"4711", chosen};
        InstanceParameters parameters = parameters("byAddress");

        assertThat(parameters.forAttempt(leased(passed), passed)).isSameAs(passed);
        assertThat(parameters.passed(Call.of("stock", passed))).isEqualTo(chosen);
        assertThat(parameters.passed(Call.of("stock", "4711", null))).isNull();
        ServiceInstance other = new DefaultServiceInstance("x", "goods", "10.0.0.8", 81, false);
        assertThat(parameters("both").passed(Call.of("stock", other, null)))
                .isEqualTo(URI.create("http://10.0.0.8:81"));
    }

    @Test
    void whenTheAttemptHasNoInstance_thenNothingIsFilledIn() {
        Object[] passed = {"4711", null};

        assertThat(parameters("byAddress").forAttempt(Call.of("stock", passed), passed))
                .isSameAs(passed);
    }

    @Test
    void whenAMethodHasTwoOfOneType_thenItIsRefused() {
        assertThatExceptionOfType(InvalidGuardException.class)
                .isThrownBy(() -> parameters("twice"))
                .withMessageContaining("two parameters of type URI");
    }

    @Test
    void whenAMethodHasNone_thenThereIsNothingToFill() {
        assertThat(parameters("none").isEmpty()).isTrue();
    }

    private InstanceParameters parameters(String name) {
        Method method = Arrays.stream(Stock.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return InstanceParameters.of(
                new GuardedMethod("stock", Stock.class, method),
                List.of(Handover.ADDRESS, new ServiceInstanceHandover("goods", registered)));
    }

    private Call leased(Object... passed) {
        Call call = Call.of("stock", Map.of(), passed);
        call.route().take(new Lease() {
            @Override
            public Instance instance() {
                return instance;
            }

            @Override
            public void leaving(Duration atMost) {}
        });
        return call;
    }

    static class Stock {

        void byAddress(String product, URI where) {}

        void both(ServiceInstance where, URI address) {}

        void twice(URI where, String product, URI whereElse) {}

        void none(String product) {}
    }
}
