package io.steadfast.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.Deadline;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Deadlines go along into {@code @Async} methods whose executor propagates contexts. */
class AsyncDeadlineTests {

    private final Deadline deadline = Deadline.in(Duration.ofSeconds(5), new ManualTicker());

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
            .withUserConfiguration(Asynchronous.class)
            .withBean(Worker.class)
            .withPropertyValues("spring.task.execution.pool.core-size=1", "spring.task.execution.pool.max-size=1");

    @Test
    void whenTheExecutorPropagatesContexts_thenAnAsyncMethodSeesItsCallersDeadline() {
        application
                .withPropertyValues("spring.task.execution.propagate-context=true")
                .run(context -> propagates(context.getBean(Worker.class)));
        application
                .withBean(ContextPropagatingTaskDecorator.class)
                .run(context -> propagates(context.getBean(Worker.class)));
    }

    private void propagates(Worker worker) throws Exception {
        assertThat(deadline.call(() -> worker.remaining().get())).contains(Duration.ofSeconds(5));
        assertThat(worker.remaining().get())
                .as("the same thread, for another caller")
                .isEmpty();
    }

    @Test
    void whenItDoesNot_thenNothingHappens() {
        application.run(context -> assertThat(deadline.call(
                        () -> context.getBean(Worker.class).remaining().get()))
                .isEmpty());
    }

    @Test
    void whenTheLibraryIsMissing_thenNothingHappens() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer.context"))
                .withPropertyValues("spring.task.execution.propagate-context=true")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(deadline.call(() ->
                                    context.getBean(Worker.class).remaining().get()))
                            .isEmpty();
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Asynchronous {}

    public static class Worker {

        @Async
        public CompletableFuture<Optional<Duration>> remaining() {
            return CompletableFuture.completedFuture(Deadline.remaining());
        }
    }
}
