package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.steadfast.spring.actuate.AuditPublisher;
import io.steadfast.spring.autoconfigure.ResilienceEndpointAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceEventsAutoConfiguration;
import io.steadfast.spring.steer.ChangeRequest;
import io.steadfast.spring.steer.LiveChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every change by hand leaves a trace: one line in the log, and one event in the actuator's audit log. */
@ExtendWith(OutputCaptureExtension.class)
class SteeringAuditTests {

    @Test
    void whenAForceExpires_thenThatIsAuditedToo_byNobody() {
        audited().run(context -> {
            Night night = new Night(context);
            LiveChange made = night.act("card", "force-open", "circuit-breaker", Duration.ofMinutes(5));
            night.timer.advance(Duration.ofMinutes(5));

            List<AuditEvent> events = events(context.getBean(AuditEventRepository.class));
            assertThat(events).extracting(AuditEvent::getPrincipal).containsExactly("alice", "");
            assertThat(events.get(0).getData())
                    .containsEntry("kind", "MADE")
                    .containsEntry("change", "c1")
                    .containsEntry("action", "force-open")
                    .containsEntry("until", made.until().orElseThrow().toString());
            assertThat(events.get(1).getData())
                    .containsEntry("kind", "EXPIRED")
                    .containsEntry("change", "c1")
                    .containsEntry("call", "card");
        });
    }

    @Test
    void whenAChangeEndsByWhatAnotherDoes_thenBothAreAudited() {
        audited().run(context -> {
            Night night = new Night(context);
            night.act("card", "force-open", "circuit-breaker", null);
            night.act("card", "reset", "circuit-breaker", null);
            night.act("card", "disable", "circuit-breaker", null);
            night.act("card", "enable", "circuit-breaker", null);

            assertThat(events(context.getBean(AuditEventRepository.class)))
                    .extracting(event ->
                            event.getData().get("kind") + " " + event.getData().get("change"))
                    .containsExactly("MADE c1", "UNDONE c1", "MADE c2", "MADE c3", "UNDONE c3");
        });
    }

    @Test
    void whenNobodyKnowsWhoAsks_thenTheChangeIsAuditedAllTheSame() {
        audited().run(context -> {
            new Night(context)
                    .changes.make(new ChangeRequest(
                            "SteeredShop.bill", "change", "retry", Map.of("max-attempts", 5), null, null));

            assertThat(events(context.getBean(AuditEventRepository.class)))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getPrincipal()).isEmpty())
                    .satisfies(event -> assertThat(event.getData())
                            .containsEntry("before", Map.of("max-attempts", 2))
                            .containsEntry("values", Map.of("max-attempts", "5"))
                            .doesNotContainKey("until"));
        });
    }

    @Test
    void whenNobodyKeepsAuditEvents_thenChangesAreMade() {
        Night.world()
                .withConfiguration(
                        AutoConfigurations.of(AuditAutoConfiguration.class, ResilienceEndpointAutoConfiguration.class))
                .run(context -> assertThat(new Night(context)
                                .act("card", "force-open", "circuit-breaker", null)
                                .id())
                        .isEqualTo("c1"));
    }

    @Test
    void whenASettingIsChanged_thenTheLogHasOneLine(CapturedOutput output) {
        logged().run(context -> {
            Night night = new Night(context);
            night.change("SteeredShop.bill", "retry", Map.of("max-attempts", 5, "wait-duration", "7ms"), null);
            assertThat(output.getAll().lines().filter(line -> line.contains("'bill'")))
                    .singleElement()
                    .asString()
                    .contains("alice made c1 (change) of retry 'bill': ", "max-attempts from 2 to 5", "wait-duration");

            night.undo("SteeredShop.bill", null);
            assertThat(output.getAll()
                            .lines()
                            .filter(line -> line.contains("'bill'"))
                            .skip(1))
                    .singleElement()
                    .asString()
                    .contains("bob took back c1");
        });
    }

    @Test
    void whenOthersAreBasedOnWhatIsChanged_thenTheLineNamesThem(CapturedOutput output) {
        logged().withPropertyValues(
                        "resilience.circuit-breaker.instances.stock.base=card",
                        "resilience.circuit-breaker.instances.card.sliding-window-size=40")
                .run(context -> {
                    new Night(context).change("card", "circuit-breaker", Map.of("sliding-window-size", 50), null);

                    assertThat(output.getAll().lines().filter(line -> line.contains("sliding-window-size from")))
                            .singleElement()
                            .asString()
                            .contains(
                                    "of circuit-breaker 'card': ",
                                    "sliding-window-size from 40 to 50",
                                    "and of circuit-breaker 'stock': sliding-window-size");
                });
    }

    private static ApplicationContextRunner logged() {
        return Night.world().withConfiguration(AutoConfigurations.of(ResilienceEventsAutoConfiguration.class));
    }

    private static ApplicationContextRunner audited() {
        return Night.world()
                .withConfiguration(
                        AutoConfigurations.of(AuditAutoConfiguration.class, ResilienceEndpointAutoConfiguration.class))
                .withBean(InMemoryAuditEventRepository.class, InMemoryAuditEventRepository::new);
    }

    private static List<AuditEvent> events(AuditEventRepository repository) {
        return repository.find(null, null, AuditPublisher.TYPE);
    }
}
