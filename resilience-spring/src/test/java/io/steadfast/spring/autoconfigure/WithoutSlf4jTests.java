package io.steadfast.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A class path that has neither SLF4J nor what goes by it: the JDK's log has the lines, and calls are observed and carried. */
class WithoutSlf4jTests {

    private static final List<String> ABOUT_SLF4J = List.of("slf4j", "logback", "log4j");

    @Test
    void whenThereIsNoSlf4j_thenCallsAreObservedAndChangesAreLogged() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader without = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            assertThat(without.getResource("org/slf4j/Logger.class")).isNull();
            Thread.currentThread().setContextClassLoader(without);
            Object lines =
                    without.loadClass(Shop.class.getName()).getMethod("lines").invoke(null);
            assertThat(lines)
                    .asString()
                    .contains("observed in elsewhere", "circuit-breaker 'stock' went from CLOSED to OPEN: failures");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(element).getFileName().toString();
            if (ABOUT_SLF4J.stream().noneMatch(name::contains)) {
                urls.add(new File(element).toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Runs in the other class path. */
    public static class Shop {

        /** What is logged and seen. */
        public static String lines() throws Exception {
            StringBuffer lines = new StringBuffer();
            Logger log = Logger.getLogger("io.steadfast.resilience");
            log.addHandler(new Lines(lines));
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
                context.registerBean(ObservationRegistry.class, ObservationRegistry::create);
                context.registerBean(ObservationTextPublisher.class, () -> new ObservationTextPublisher(line -> {}));
                context.register(
                        ResilienceAutoConfiguration.class,
                        ResilienceContextAutoConfiguration.class,
                        ResilienceEventsAutoConfiguration.class,
                        ResilienceObservationAutoConfiguration.class);
                context.refresh();
                observe(context, lines);
            }
            return lines.toString();
        }

        private static void observe(AnnotationConfigApplicationContext context, StringBuffer lines) throws Exception {
            ObservationRegistry registry = context.getBean(ObservationRegistry.class);
            registry.observationConfig().observationHandler(context.getBean(ObservationTextPublisher.class));
            PolicyRuntime runtime = context.getBean(PolicyRuntime.class);
            Pipeline.named("stock").runtime(runtime).build().call(() -> {
                Runnable part = runtime.carrier()
                        .capture()
                        .wrap(() -> lines.append(registry.getCurrentObservation() == null ? "lost in " : "observed in ")
                                .append(Thread.currentThread().getName()));
                Thread other = new Thread(part, "elsewhere");
                other.start();
                other.join();
                return "7";
            });
            runtime.listener()
                    .policyEvent(PolicyEvent.stateChanged(
                            new PolicyId("circuit-breaker", "stock"), "CLOSED", "OPEN", "failures"));
        }
    }

    /** Keeps what is logged. */
    private static final class Lines extends Handler {

        private final StringBuffer lines;

        Lines(StringBuffer lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord line) {
            lines.append(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
