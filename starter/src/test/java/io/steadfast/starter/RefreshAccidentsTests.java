package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.GuardedCallSettings;
import io.steadfast.spring.RefreshParticipant;
import io.steadfast.spring.RefreshResult;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.Resilient;
import io.steadfast.spring.SettingChange;
import io.steadfast.spring.StartupProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Changes that go wrong, or come at a bad moment. */
class RefreshAccidentsTests {

    private final Map<String, Object> live =
            new LinkedHashMap<>(Map.of("resilience.retry.instances.kit.max-attempts", 2));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resilience.circuit-breaker.instances.kit.sliding-window-size",
                "resilience.rate-limiter.instances.kit.limit-for-period",
                "resilience.bulkhead.instances.kit.max-concurrent-calls"
            })
    void whenAPolicyWasMadeForAChangeThatIsRefused_thenItIsNotInTheWayOfTheNext(String key) {
        application(Kit.class).run(context -> {
            live.put(key, 50);
            live.put("resilience.retry.instances.kit.max-attempts", 0);
            assertThat(refresh(context).isRefused()).isTrue();
            assertThat(refresh(context).isRefused()).isTrue();

            live.put("resilience.retry.instances.kit.max-attempts", 3);
            assertThat(refresh(context).problems()).isEmpty();
            assertThat(context.getBean(CallCatalogue.class)
                            .find("kit")
                            .orElseThrow()
                            .pipeline())
                    .hasSize(2);
        });
    }

    @Test
    void whenAParticipantThrows_thenTheChangeIsRefusedAndNobodyElseHearsOfIt() {
        application(Kit.class)
                .withBean(RefreshParticipant.class, () -> () -> {
                    throw new IllegalStateException("no such server");
                })
                .run(context -> {
                    live.put("resilience.retry.instances.kit.max-attempts", 3);
                    assertThat(refresh(context).problems())
                            .extracting(StartupProblem::what)
                            .singleElement()
                            .asString()
                            .contains("no such server");
                    assertThat(attempts(context.getBean(Kit.class))).isEqualTo(2);
                });
    }

    @Test
    void whenAStepThrows_thenTheRestIsDoneAllTheSame() {
        application(Kit.class)
                .withBean(
                        RefreshParticipant.class,
                        () -> () -> () -> {
                            throw new IllegalStateException("too late");
                        })
                .run(context -> {
                    live.put("resilience.retry.instances.kit.max-attempts", 3);
                    assertThat(refresh(context).changes()).hasSize(1);
                    assertThat(attempts(context.getBean(Kit.class))).isEqualTo(3);
                });
    }

    @Test
    void whenAFallbackIsCalledByItselfToo_thenBothWaysFollow() {
        application(Backup.class).run(context -> {
            Backup backup = context.getBean(Backup.class);
            live.put("resilience.retry.instances.backup.max-attempts", 5);
            refresh(context);

            assertThatThrownBy(backup::main).isInstanceOf(IOException.class);
            assertThat(backup.entered()).isEqualTo(5);
            assertThatThrownBy(backup::backup).isInstanceOf(IOException.class);
            assertThat(backup.entered()).isEqualTo(5);
        });
    }

    @Test
    void whenABeanIsMadeAmidAChange_thenItFollowsToo() {
        application(Kit.class)
                .withBean(Backup.class, Backup::new, definition -> definition.setLazyInit(true))
                .withBean(MakesABean.class)
                .run(context -> {
                    live.put("resilience.retry.defaults.max-attempts", 6);
                    context.getBean(MakesABean.class).armed.set(true);
                    refresh(context);
                    assertThat(context.getBean(MakesABean.class).armed).isFalse();

                    Backup backup = context.getBean(Backup.class);
                    assertThatThrownBy(backup::backup).isInstanceOf(IOException.class);
                    assertThat(backup.entered()).isEqualTo(6);
                });
    }

    @Test
    void whenAllIsSwitchedOff_thenTheResultSaysSo() {
        application(Kit.class).run(context -> {
            live.put("resilience.enabled", false);
            assertThat(refresh(context).changes())
                    .extracting(SettingChange::describe)
                    .singleElement()
                    .asString()
                    .contains("kit", "policies", "[retry]", "[]");
        });
    }

    @Test
    void whenALaterBeanSaysMoreOfAPolicy_thenItsStateStays() {
        application(Door.class)
                .withPropertyValues(
                        "resilience.circuit-breaker.instances.door.sliding-window-size=2",
                        "resilience.circuit-breaker.instances.door.minimum-number-of-calls=2")
                .withBean(SideDoor.class, SideDoor::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    Door door = context.getBean(Door.class);
                    assertThatThrownBy(door::open).isInstanceOf(IOException.class);
                    assertThatThrownBy(door::open).isInstanceOf(IOException.class);
                    SideDoor side = context.getBean(SideDoor.class);
                    assertThatThrownBy(door::open).isInstanceOf(CircuitOpenException.class);
                    assertThatThrownBy(side::open).isInstanceOf(CircuitOpenException.class);
                });
    }

    private ApplicationContextRunner application(Class<?> bean) {
        return Steadfast.application(bean)
                .withPropertyValues(
                        "resilience.retry.defaults.wait-duration=0", "resilience.retry.defaults.budget.enabled=false")
                .withInitializer(context ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)));
    }

    private static int attempts(Kit kit) {
        assertThatThrownBy(kit::call).isInstanceOf(IOException.class);
        return kit.entered();
    }

    private static RefreshResult refresh(ApplicationContext context) {
        return context.getBean(ResilienceRefresher.class).refresh();
    }

    static class Kit {

        private final AtomicInteger entered = new AtomicInteger();

        @Resilient("kit")
        public String call() throws IOException {
            entered.incrementAndGet();
            throw new IOException("down");
        }

        public int entered() {
            return entered.getAndSet(0);
        }
    }

    static class Backup {

        private final AtomicInteger entered = new AtomicInteger();

        @Fallback(method = "backup")
        public String main() throws IOException {
            throw new IOException("main");
        }

        @Retry("backup")
        public String backup() throws IOException {
            entered.incrementAndGet();
            throw new IOException("backup");
        }

        public int entered() {
            return entered.getAndSet(0);
        }
    }

    /** Asks for a bean when all that was there has been lined up anew, and none of it is in force yet. */
    static class MakesABean implements CallRule {

        private final ApplicationContext context;

        private final AtomicBoolean armed = new AtomicBoolean();

        MakesABean(ApplicationContext context) {
            this.context = context;
        }

        @Override
        public void check(GuardedCallSettings call, Findings findings) {
            if (armed.compareAndSet(true, false)) {
                context.getBean(Backup.class);
            }
        }
    }

    static class Door {

        @CircuitBreaker("door")
        public String open() throws IOException {
            throw new IOException("shut");
        }
    }

    static class SideDoor {

        @CircuitBreaker("door")
        @Retry(value = "door", maxAttempts = 1)
        public String open() throws IOException {
            throw new IOException("shut");
        }
    }
}
