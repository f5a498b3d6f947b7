package io.steadfast.spring.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class EventLoggerTests {

    private static final PolicyId RETRY = new PolicyId("retry", "stock");

    private static final PolicyId BREAKER = new PolicyId("circuit-breaker", "stock");

    private final Logger log = (Logger) LoggerFactory.getLogger(EventLogger.LOGGER);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private final ManualTicker ticker = new ManualTicker();

    private final EventLogger logger = new EventLogger(ticker);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.DEBUG);
    }

    @AfterEach
    void leave() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,WARN",
        "FORCED_OPEN,WARN",
        "HALF_OPEN,INFO",
        "CLOSED,INFO",
        "DISABLED,INFO",
        "store-down,WARN",
        "shared,INFO"
    })
    void whenAStateChanges_thenOnlyBadOnesAreWarnings(String to, String level) {
        logger.policyEvent(PolicyEvent.stateChanged(BREAKER, "SOME", to, "60 % failed"));

        assertThat(told())
                .containsExactly(level + " circuit-breaker 'stock' went from SOME to " + to + ": 60 % failed");
    }

    @Test
    void whenTheBudgetStaysEmpty_thenOneWarningAMinuteForEachInstance() {
        PolicyId other = new PolicyId("retry", "prices");
        for (int call = 0; call < 3; call++) {
            logger.policyEvent(budgetEmpty(RETRY));
        }
        logger.policyEvent(budgetEmpty(other));
        ticker.advance(Duration.ofSeconds(59));
        logger.policyEvent(budgetEmpty(RETRY));
        ticker.advance(Duration.ofSeconds(1));
        logger.policyEvent(budgetEmpty(RETRY));

        assertThat(told().stream().map(line -> line.substring(0, 5).strip()))
                .containsExactly("WARN", "DEBUG", "DEBUG", "WARN", "DEBUG", "WARN");
    }

    @Test
    void whenRetriesAreAbandoned_thenOneInformationAMinuteForEachInstance() {
        PolicyId other = new PolicyId("retry", "prices");
        for (int call = 0; call < 3; call++) {
            logger.policyEvent(abandoned(RETRY));
        }
        logger.policyEvent(abandoned(other));
        ticker.advance(Duration.ofSeconds(59));
        logger.policyEvent(abandoned(RETRY));
        ticker.advance(Duration.ofSeconds(1));
        logger.policyEvent(abandoned(RETRY));

        assertThat(told().stream().map(line -> line.substring(0, 5).strip()))
                .containsExactly("INFO", "DEBUG", "DEBUG", "INFO", "DEBUG", "INFO");
        assertThat(told().get(0))
                .startsWith("INFO call 'stock', retry 'stock', ")
                .endsWith(": must not be repeated: POST");
    }

    @Test
    void whenTheBudgetIsEmptyToo_thenEachOfBothIsTold() {
        logger.policyEvent(abandoned(RETRY));
        logger.policyEvent(budgetEmpty(RETRY));
        logger.policyEvent(abandoned(RETRY));
        logger.policyEvent(budgetEmpty(RETRY));

        assertThat(told().stream().map(line -> line.substring(0, 5).strip()))
                .containsExactly("INFO", "WARN", "DEBUG", "DEBUG");
    }

    @Test
    void whenDebugIsOff_thenOnlyWhatIsNotByTheCallIsHeardOf() {
        log.setLevel(Level.INFO);

        assertThat(Kind.values())
                .filteredOn(logger::hears)
                .containsExactlyInAnyOrder(Kind.STATE_CHANGED, Kind.BUDGET_EMPTY, Kind.RETRY_ABANDONED);
        logger.policyEvent(abandoned(RETRY));
        logger.policyEvent(abandoned(RETRY));
        assertThat(told()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STATE_CHANGED", "RECONFIGURED", "BUDGET_EMPTY", "RETRY_ABANDONED"})
    void whenItHappensByTheCall_thenItIsDebugInOneLineWithTheCallsName(Kind kind) {
        logger.policyEvent(PolicyEvent.of(kind, RETRY, "Stock.find", "detail", new RuntimeException("a\nb")));

        assertThat(told())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("DEBUG call 'Stock.find', retry 'stock', ")
                        .endsWith(": detail (java.lang.RuntimeException: a b)")
                        .doesNotContain("\n"));
    }

    @Test
    void whenAPolicyHasSeveralPlaces_thenTheLineNamesTheOne() {
        PolicyId total = new PolicyId("timeout.total", "stock");
        logger.policyEvent(PolicyEvent.of(Kind.TIMED_OUT, total, "Stock.find", "after 2 s", null));

        assertThat(told()).containsExactly("DEBUG call 'Stock.find', timeout.total 'stock', timed out: after 2 s");
    }

    private static PolicyEvent abandoned(PolicyId policy) {
        return PolicyEvent.of(Kind.RETRY_ABANDONED, policy, "stock", "must not be repeated: POST", null);
    }

    private static PolicyEvent budgetEmpty(PolicyId policy) {
        return PolicyEvent.of(Kind.BUDGET_EMPTY, policy, "stock", "the retry budget is empty", null);
    }

    private List<String> told() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
