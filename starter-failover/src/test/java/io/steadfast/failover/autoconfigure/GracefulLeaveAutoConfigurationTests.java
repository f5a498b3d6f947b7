package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.steadfast.failover.shutdown.GracefulLeave;
import io.steadfast.failover.shutdown.LeaveNotice;
import io.steadfast.failover.shutdown.RegistryNotice;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GracefulLeaveAutoConfigurationTests {

    private final ManualTimer timer = new ManualTimer();

    private final List<String> told = new ArrayList<>();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withBean(ManualTimer.class, () -> timer)
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, GracefulLeaveAutoConfiguration.class));

    @Test
    void whenNobodyIsToBeTold_thenClosingIsNotHeldBack() {
        runner.run(context -> {});

        assertThat(timer.sleeps()).isEmpty();
    }

    @Test
    void whenABeanHasSomebodyToTell_thenItTellsAndTheUsualQuietPeriodPasses() {
        runner.withBean(LeaveNotice.class, () -> () -> told.add("balancer")).run(context -> {});

        assertThat(told).containsExactly("balancer");
        assertThat(timer.sleeps()).containsExactly(GracefulLeaveAutoConfiguration.USUAL);
    }

    @Test
    void whenTheQuietPeriodIsSet_thenItPassesWhoeverIsToBeTold() {
        runner.withPropertyValues("resilience.shutdown.quiet-period=12s").run(context -> {});

        assertThat(timer.sleeps()).containsExactly(Duration.ofSeconds(12));
    }

    @Test
    void whenTheQuietPeriodIsZero_thenNobodyIsTold() {
        runner.withBean(LeaveNotice.class, () -> () -> told.add("balancer"))
                .withPropertyValues("resilience.shutdown.quiet-period=0")
                .run(context -> {});

        assertThat(told).isEmpty();
        assertThat(timer.sleeps()).isEmpty();
    }

    @Test
    void whenOnKubernetes_thenOnlyAServerHoldsItsShutdownBack() {
        ApplicationContextRunner kubernetes = runner.withPropertyValues("spring.main.cloud-platform=kubernetes");
        kubernetes.run(context -> {});
        assertThat(timer.sleeps()).as("a job").isEmpty();

        kubernetes.withPropertyValues("local.server.port=8080").run(context -> {});
        assertThat(timer.sleeps()).containsExactly(GracefulLeaveAutoConfiguration.USUAL);
    }

    @Test
    void whenTheQuietPeriodMakesNoSense_thenTheStartIsRefusedWithTheProperty() {
        for (String wrong : List.of("-1s", "11m")) {
            runner.withPropertyValues("resilience.shutdown.quiet-period=" + wrong)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("resilience.shutdown.quiet-period"));
        }
    }

    @Test
    void whenAKeyIsMisspelled_thenTheStartIsRefusedWithTheNearestOne() {
        runner.withPropertyValues("resilience.shutdown.quiet-perod=5s")
                .run(context -> assertThat(context).getFailure().hasMessageContaining("Did you mean quiet-period?"));
    }

    @Test
    void whenTheServerDoesNotDrain_thenTheStartSaysSo() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Lines(lines);
        Logger logger = Logger.getLogger(GracefulLeave.class.getName());
        logger.addHandler(handler);
        try {
            runner.withPropertyValues("resilience.shutdown.quiet-period=5s", "server.shutdown=immediate")
                    .run(context -> assertThat(lines).singleElement().asString().contains("server.shutdown=immediate"));
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void whenSpringCloudIsAbsent_thenThereIsNoNoticeForItsRegistry() {
        runner.run(context -> assertThat(context).hasSingleBean(RegistryNotice.class));
        runner.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LeaveNotice.class));
    }

    /** What is logged, once it is there to be read. */
    private static final class Lines extends Handler {

        private final List<String> lines;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
