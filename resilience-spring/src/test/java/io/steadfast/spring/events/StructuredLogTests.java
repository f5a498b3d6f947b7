package io.steadfast.spring.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

/** Boot's structured logging writes what changed as fields. */
@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTests {

    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    private final ResilienceListener logger = new EventLogger(new ManualTicker());

    private void startLogging(String... properties) {
        MockEnvironment environment = new MockEnvironment();
        for (int i = 0; i < properties.length; i += 2) {
            environment.setProperty(properties[i], properties[i + 1]);
        }
        new LoggingSystemProperties(environment).apply();
        logging.cleanUp();
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
    }

    @AfterEach
    void plainAgain() {
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
        startLogging();
    }

    @Test
    void whenAPolicyChangesItsState_thenThatIsOneLineWithFields(CapturedOutput output) {
        startLogging("logging.structured.format.console", "ecs");
        PolicyId breaker = new PolicyId("circuit-breaker", "stock");
        logger.policyEvent(PolicyEvent.stateChanged(breaker, "CLOSED", "OPEN", "60 % of 20 calls failed"));

        List<String> lines = output.getOut()
                .lines()
                .filter(line -> line.contains("circuit-breaker"))
                .toList();
        assertThat(lines).hasSize(1);
        Map<String, Object> json = JsonParserFactory.getJsonParser().parseMap(lines.get(0));
        assertThat(json)
                .containsEntry("name", "stock")
                .containsEntry("policy", "circuit-breaker")
                .containsEntry("from", "CLOSED")
                .containsEntry("to", "OPEN")
                .containsEntry("kind", "STATE_CHANGED")
                .containsEntry("message", "circuit-breaker 'stock' went from CLOSED to OPEN: 60 % of 20 calls failed");
    }
}
