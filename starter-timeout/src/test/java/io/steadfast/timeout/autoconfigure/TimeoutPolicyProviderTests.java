package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import io.steadfast.core.Call;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.timeout.Timeout;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import io.steadfast.timeout.autoconfigure.TimeoutProperties.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class TimeoutPolicyProviderTests {

    private static final Duration LIMIT = Duration.ofMillis(800);

    private static final Duration TOTAL = Duration.ofSeconds(3);

    private final TimeoutPolicyProvider provider = new TimeoutPolicyProvider();

    @Test
    void whenAsked_thenItPlugsTimeoutsIntoTheStandardSetAtTwoPlaces() {
        assertThat(provider.policy()).isEqualTo("timeout");
        assertThat(provider.places()).containsExactly("timeout.total", "timeout");
        assertThat(provider.annotation()).isEqualTo(Timeout.class);
        assertThat(provider.settings()).isEqualTo(Settings.class);
        assertThat(provider.standard()).isTrue();
        assertThat(provider.standardValues()).isEqualTo(Map.of("limit", "2s", "total", "10s"));
        assertThat(provider.perMethod()).isFalse();
    }

    @Test
    void whenEverythingIsSet_thenThereIsALimitAtEachPlace() {
        Consumer<Settings> everything = settings -> {
            settings.setLimit(LIMIT);
            settings.setTotal(TOTAL);
            settings.setSeparateThread(true);
        };

        TimeoutPolicy total = (TimeoutPolicy) created("timeout.total", everything);
        TimeoutPolicy attempt = (TimeoutPolicy) created("timeout", everything);

        assertThat(total.id()).isEqualTo(new PolicyId("timeout.total", "stock"));
        assertThat(attempt.id()).isEqualTo(new PolicyId("timeout", "stock"));
        assertThat(total.config()).isEqualTo(new TimeoutConfig(LIMIT, TOTAL, true));
        assertThat(attempt.config()).isEqualTo(total.config());
    }

    @Test
    void whenALimitIsUnset_thenThereIsNothingAtItsPlace() {
        assertThat(created("timeout", settings -> settings.setTotal(TOTAL))).isNull();
        assertThat(created("timeout.total", settings -> settings.setLimit(LIMIT)))
                .isNull();
    }

    @Test
    void whenTheLimitIsAboveTheTotal_thenOnlyTheTotalIsThereAndIsTheInnermostOne() {
        Consumer<Settings> contradictory = settings -> {
            settings.setLimit(TOTAL.plusNanos(1));
            settings.setTotal(TOTAL);
            settings.setSeparateThread(true);
        };

        assertThat(created("timeout", contradictory)).isNull();
        assertThat(created("timeout.total", contradictory))
                .isInstanceOfSatisfying(
                        TimeoutPolicy.class,
                        total -> assertThat(total.separateThread()).isTrue());
    }

    @Test
    void whenNothingIsSet_thenItRefusesNamingTheMethod() {
        assertThatExceptionOfType(InvalidGuardException.class)
                .isThrownBy(() -> created("timeout.total", settings -> {}))
                .withMessageStartingWith("timeout 'stock' has neither a limit")
                .satisfies(refusal -> assertThat(refusal.where()).isEqualTo("@Resilient on Object.toString"));
    }

    @Test
    void whenBothLimitsMakeNoSense_thenBothAreReported() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> created("timeout.total", settings -> {
                    settings.setLimit(Duration.ZERO);
                    settings.setTotal(Duration.ofSeconds(-1));
                }))
                .withMessage("limit must be longer than zero, but is 0s; total must be longer than zero, but is -1s");
    }

    @Test
    void whenSettingsChange_thenWhatIsStillRunningIsCountedOn() {
        TimeoutPolicy first = (TimeoutPolicy) created("timeout", settings -> settings.setLimit(LIMIT));
        Call call = Call.of("stock");
        first.leftRunning(call);

        TimeoutPolicy next =
                (TimeoutPolicy) provider.succeed(request("timeout", settings -> settings.setLimit(TOTAL)), first)
                        .policy();

        assertThat(next.limitNanos(call)).isEqualTo(TOTAL.toNanos());
        assertThat(first.limitNanos(call)).as("of calls under way").isEqualTo(LIMIT.toNanos());
        assertThat(next.stillRunning()).isEqualTo(1);
        first.endedLate(call);
        assertThat(next.stillRunning()).isZero();
    }

    @Test
    void whenTheLimitOfAPlaceIsTakenAway_thenNothingSucceedsIt() {
        Policy first = created("timeout", settings -> settings.setLimit(LIMIT));
        assertThat(provider.succeed(request("timeout", settings -> settings.setTotal(TOTAL)), first)
                        .policy())
                .isNull();
    }

    private @Nullable Policy created(String place, Consumer<Settings> change) {
        return provider.create(request(place, change));
    }

    private static PolicyRequest<Timeout, Settings> request(String place, Consumer<Settings> change) {
        Settings settings = new Settings();
        change.accept(settings);
        return new PolicyRequest<>(
                new PolicyId(place, "stock"),
                settings,
                null,
                new GuardedMethod("stock", Object.class, toStringMethod()),
                PolicyRuntime.system(),
                new DefaultListableBeanFactory(),
                (beanName, beanClass, method, plain) -> plain);
    }

    private static java.lang.reflect.Method toStringMethod() {
        try {
            return Object.class.getMethod("toString");
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
