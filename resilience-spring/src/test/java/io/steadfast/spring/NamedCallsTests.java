package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Policy;
import io.steadfast.spring.toys.ToyPolicies;
import io.steadfast.spring.toys.ToyRetry;
import io.steadfast.spring.toys.ToyRetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Guards of calls that are no annotated methods. */
@ExtendWith(OutputCaptureExtension.class)
class NamedCallsTests {

    private static final String CLIENT = "HTTP client 'stock'";

    private static final String MISTAKE = "resilience.timeout.instances.stock.limit=-1s";

    private static final CallRequest STANDARD = CallRequest.standard("stock", CLIENT);

    private static final CallRequest WITH_RETRY = CallRequest.with("stock", CLIENT, "retry");

    /** An application in which somebody asks while beans are made. */
    private static ApplicationContextRunner asking(CallRequest request, Class<?>... beans) {
        return GuardedWorld.of(beans).withBean(CallRequest.class, () -> request).withBean(Asker.class);
    }

    private static NamedCall guard(ApplicationContext context, CallRequest request) {
        return context.getBean(NamedCalls.class).guard(request);
    }

    private static List<String> policies(NamedCall call) {
        return call.pipeline().slots().stream()
                .map(slot -> slot.id().toString())
                .toList();
    }

    private static Object attempts(ApplicationContext context) {
        return GuardedWorld.value(context, "stock", "retry", "max-attempts").value();
    }

    @Test
    void whenNothingIsConfigured_thenTheStandardSetIsThere() {
        GuardedWorld.of().run(context -> {
            NamedCall call = guard(context, STANDARD);
            assertThat(policies(call)).containsExactly("timeout.total 'stock'", "timeout 'stock'");
            assertThat(call.request()).isSameAs(STANDARD);
            assertThat(call.pipeline().call(() -> "ok")).isEqualTo("ok");
            assertThat(GuardedWorld.value(context, "stock", "timeout", "limit"))
                    .isEqualTo(new EffectiveValue("2s", EffectiveValue.STANDARD_SET));
        });
    }

    @Test
    void whenSomethingIsConfiguredUnderTheName_thenThatIsTheSet() {
        GuardedWorld.of()
                .withPropertyValues("resilience.retry.instances.stock.max-attempts=2")
                .run(context -> {
                    assertThat(policies(guard(context, STANDARD))).containsExactly("retry 'stock'");
                    assertThat(attempts(context)).isEqualTo(2);
                });
    }

    @Test
    void whenPoliciesAreNamed_thenTheyAreThereAndNothingElse() {
        GuardedWorld.of()
                .run(context -> assertThat(
                                policies(guard(context, CallRequest.with("stock", CLIENT, "circuit-breaker", "retry"))))
                        .containsExactly("retry 'stock'", "circuit-breaker 'stock'"));
    }

    @Test
    void whenPoliciesAreNamedAndOthersConfigured_thenAllAreThere() {
        GuardedWorld.of()
                .withPropertyValues(
                        "resilience.timeout.instances.stock.limit=1s", "resilience.timeout.instances.stock.owner=ann")
                .run(context -> assertThat(policies(guard(context, WITH_RETRY)))
                        .as("no total, for the standard set is not asked for")
                        .containsExactly("retry 'stock'", "timeout 'stock'"));
    }

    @Test
    void whenAPolicyIsNamedTwice_thenItIsThereOnce() {
        GuardedWorld.of()
                .run(context -> assertThat(
                                policies(guard(context, CallRequest.with("stock", CLIENT, "retry", "retry"))))
                        .containsExactly("retry 'stock'"));
    }

    @Test
    void whenSettingsAreStated_thenTheyWinOverDefaultsAndBaseButNotOverTheInstance() {
        CallRequest stating = WITH_RETRY.stating(Map.of("retry", Map.of("max-attempts", 5)));
        GuardedWorld.of()
                .withPropertyValues("resilience.retry.defaults.max-attempts=7")
                .run(context -> {
                    guard(context, stating);
                    assertThat(GuardedWorld.value(context, "stock", "retry", "max-attempts"))
                            .isEqualTo(new EffectiveValue(5, CLIENT));
                });
        GuardedWorld.of()
                .withPropertyValues(
                        "resilience.retry.instances.stock.base=template",
                        "resilience.retry.instances.template.max-attempts=8")
                .run(context -> {
                    guard(context, stating);
                    assertThat(attempts(context)).isEqualTo(5);
                });
        GuardedWorld.of()
                .withPropertyValues("resilience.retry.instances.stock.max-attempts=9")
                .run(context -> {
                    guard(context, stating);
                    assertThat(attempts(context)).isEqualTo(9);
                });
    }

    @Test
    void whenASettingOfTheStandardSetIsStated_thenTheRestStaysStandard() {
        CallRequest stating = STANDARD.stating(Map.of("timeout", Map.of("limit", "500ms")));
        GuardedWorld.of().run(context -> {
            guard(context, stating);
            assertThat(GuardedWorld.limit(context, "stock", "timeout").limit()).isEqualTo(Duration.ofMillis(500));
            assertThat(GuardedWorld.limit(context, "stock", "timeout.total").limit())
                    .isEqualTo(Duration.ofSeconds(10));
        });
    }

    @Test
    void whenAnAnnotatedMethodHasTheName_thenTheySharePoliciesAndTheCall() {
        asking(WITH_RETRY, Annotated.class).run(context -> {
            NamedCall call = context.getBean(Asker.class).calls.get(0);
            assertThat(call.pipeline().slots().get(0)).isSameAs(ToyPolicies.slot(catalogue(context), "retry", "stock"));
            assertThat(catalogue(context).calls()).singleElement().satisfies(shown -> {
                assertThat(shown.name()).isEqualTo("stock");
                assertThat(shown.methods()).containsExactlyInAnyOrder(CLIENT, "Annotated.call()");
            });
            assertThat(attempts(context)).as("what the annotation says").isEqualTo(6);
        });
    }

    @Test
    void whenTheMethodContradicts_thenBothAreNamed() {
        asking(WITH_RETRY.stating(Map.of("retry", Map.of("max-attempts", 5))), Annotated.class)
                .run(context -> {
                    StartupProblem problem = GuardedWorld.onlyProblem(context.getStartupFailure());
                    assertThat(problem.what()).contains("retry 'stock'").contains("max-attempts");
                    assertThat(problem.where()).contains(CLIENT).contains("@ToyRetry on Annotated.call");
                });
    }

    @Test
    void whenOperatorsLook_thenTheyReadWhoAsked() {
        GuardedWorld.of().run(context -> {
            guard(context, STANDARD);
            assertThat(catalogue(context).find("stock"))
                    .hasValueSatisfying(call -> assertThat(call.methods()).containsExactly(CLIENT));
        });
    }

    @Test
    void whenTheSameIsAskedForAgain_thenTheGuardIsTheSame() {
        GuardedWorld.of().run(context -> {
            NamedCall call = guard(context, STANDARD);
            assertThat(guard(context, CallRequest.standard("stock", CLIENT))).isSameAs(call);
            NamedCall other = guard(context, CallRequest.standard("stock", "HTTP client 'other'"));
            assertThat(other).isNotSameAs(call);
            assertThat(other.pipeline().slots()).isEqualTo(call.pipeline().slots());
            assertThat(catalogue(context).calls()).hasSize(1);
        });
    }

    @Test
    void whenAsked_thenTheNameIsUsed(CapturedOutput output) {
        asking(WITH_RETRY)
                .withPropertyValues("resilience.retry.instances.stock.max-attempts=2")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).doesNotContain("Nothing uses");
                });
        asking(CallRequest.with("stokc", CLIENT, "retry"))
                .withPropertyValues("resilience.retry.instances.stock.max-attempts=2")
                .run(context -> assertThat(GuardedWorld.onlyProblem(context.getStartupFailure())
                                .toString())
                        .contains("stock")
                        .contains(CLIENT));
    }

    @Test
    void whenSettingsAreWrongAtTheStart_thenTheyJoinTheReport() {
        asking(STANDARD)
                .withPropertyValues(MISTAKE, "resilience.retry.instances.other.max-atempts=2")
                .run(context -> assertThat(GuardedWorld.problems(context.getStartupFailure()))
                        .extracting(StartupProblem::what)
                        .hasSize(2)
                        .anySatisfy(what -> assertThat(what).contains("limit").contains("must not be negative"))
                        .anySatisfy(what -> assertThat(what).contains("max-atempts")));
    }

    @Test
    void whenSettingsAreWrongAfterTheStart_thenTheyAreThrownEachTime() {
        GuardedWorld.of()
                .withPropertyValues(MISTAKE, "resilience.timeout.instances.stock.owner=ann")
                .run(context -> {
                    for (int time = 0; time < 2; time++) {
                        assertThat(catchThrowableOfType(
                                                InvalidResilienceException.class, () -> guard(context, STANDARD))
                                        .problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.what()).contains("must not be negative"));
                    }
                    assertThat(policies(guard(context, CallRequest.with("other", CLIENT, "retry"))))
                            .containsExactly("retry 'other'");
                });
    }

    @Test
    void whenLenient_thenAMistakeAfterTheStartIsToldAndTheRestWorks(CapturedOutput output) {
        GuardedWorld.of()
                .withPropertyValues("resilience.validation=lenient", MISTAKE)
                .run(context -> {
                    assertThat(policies(guard(context, CallRequest.with("stock", CLIENT, "retry", "timeout"))))
                            .containsExactly("retry 'stock'");
                    assertThat(output).contains("must not be negative");
                });
    }

    @Test
    void whenAPolicyBelongsToOneMethod_thenItIsLeftOut() {
        GuardedWorld.of()
                .withBean(OwnProvider.class)
                .withPropertyValues(
                        "resilience.own.instances.stock.max-attempts=2",
                        "resilience.retry.instances.stock.max-attempts=2",
                        "resilience.order=own,retry,circuit-breaker,timeout.total,timeout")
                .run(context -> {
                    assertThat(policies(guard(context, STANDARD))).containsExactly("retry 'stock'");
                    assertThat(policies(guard(context, CallRequest.with("stock", CLIENT, "own", "retry"))))
                            .containsExactly("retry 'stock'");
                });
    }

    @Test
    void whenAllIsSwitchedOff_thenTheCallIsThereWithoutPolicies() {
        GuardedWorld.of().withPropertyValues("resilience.enabled=false").run(context -> {
            NamedCall call = guard(context, STANDARD);
            assertThat(call.pipeline().slots()).isEmpty();
            assertThat(call.pipeline().name()).isEqualTo("stock");
            assertThat(call.pipeline().call(() -> "ok")).isEqualTo("ok");
            assertThat(catalogue(context).calls()).isEmpty();
        });
    }

    @Test
    void whenTheInstanceIsSwitchedOff_thenOnlyItIsMissing() {
        GuardedWorld.of()
                .withPropertyValues("resilience.retry.instances.stock.enabled=false")
                .run(context -> assertThat(
                                policies(guard(context, CallRequest.with("stock", CLIENT, "retry", "circuit-breaker"))))
                        .containsExactly("circuit-breaker 'stock'"));
    }

    @Test
    void whenTheCallHasAnOrderAndIgnoresFailures_thenTheyHold() {
        GuardedWorld.of()
                .withPropertyValues(
                        "resilience.calls.stock.order=circuit-breaker,retry",
                        "resilience.calls.stock.ignore-exceptions=java.lang.IllegalStateException")
                .run(context -> {
                    NamedCall call = guard(context, CallRequest.with("stock", CLIENT, "retry", "circuit-breaker"));
                    assertThat(policies(call)).containsExactly("circuit-breaker 'stock'", "retry 'stock'");
                    List<String> attempts = new ArrayList<>();
                    assertThat(catchThrowable(() -> call.pipeline().call(() -> {
                                attempts.add("one");
                                throw new IllegalStateException("own business");
                            })))
                            .hasMessage("own business");
                    assertThat(attempts).hasSize(1);
                });
    }

    @Test
    void whenReadersAreBeans_thenTheyReadTheOutcomesOfNamedCallsAndMethods() {
        List<String> read = new ArrayList<>();
        GuardedWorld.of(Annotated.class)
                .withBean(OutcomeReader.class, () -> new OutcomeReader() {
                    @Override
                    public Diagnosis ofFailure(Call call, Throwable failure) {
                        read.add(call.name() + " " + failure.getMessage());
                        return null;
                    }
                })
                .run(context -> {
                    assertThat(catchThrowable(() -> guard(context, CallRequest.with("prices", CLIENT, "retry"))
                                    .pipeline()
                                    .call(() -> {
                                        Call.current().diagnose(null, new IllegalStateException("named"));
                                        return "ok";
                                    })))
                            .isNull();
                    context.getBean(Annotated.class).call();
                    assertThat(read).containsExactly("prices named", "stock annotated");
                });
    }

    @Test
    void whenARequestIsMade_thenItIsACopy() {
        Map<String, Map<String, Object>> stated = new HashMap<>(Map.of("retry", Map.of("max-attempts", 5)));
        CallRequest request = WITH_RETRY.stating(stated);
        stated.clear();
        assertThat(request.stated()).containsOnlyKeys("retry");
        assertThat(request.policies()).isEqualTo(Set.of("retry"));
        assertThatThrownBy(() -> CallRequest.standard(" ", CLIENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A call needs a name that is not blank");
    }

    private static CallCatalogue catalogue(ApplicationContext context) {
        return context.getBean(CallCatalogue.class);
    }

    static class Asker {

        private final List<NamedCall> calls;

        Asker(NamedCalls named, ObjectProvider<CallRequest> requests) {
            calls = requests.stream().map(named::guard).toList();
        }
    }

    static class Annotated {

        @ToyRetry(value = "stock", maxAttempts = 6)
        public void call() {
            Call current = Call.current();
            if (current != null) {
                current.diagnose(null, new IllegalStateException("annotated"));
            }
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Own {}

    /** Belongs to one method, as fallbacks do. */
    static class OwnProvider implements PolicyProvider<Own, ToySettings> {

        @Override
        public String policy() {
            return "own";
        }

        @Override
        public Class<Own> annotation() {
            return Own.class;
        }

        @Override
        public Class<ToySettings> settings() {
            return ToySettings.class;
        }

        @Override
        public boolean perMethod() {
            return true;
        }

        @Override
        public Policy create(PolicyRequest<Own, ToySettings> request) {
            return new ToyRetryPolicy("own", 2);
        }
    }
}
